//! Joins the benches of exercise 7 to the reference solution.

extern crate solution7 as exercise7;
#[path = "../../../benches/exercise7/main.rs"]
mod timed;

fn main() -> std::process::ExitCode {
    timed::main()
}
