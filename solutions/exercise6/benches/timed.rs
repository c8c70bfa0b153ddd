//! Joins the benches of exercise 6 to the reference solution.

extern crate solution6 as exercise6;
#[path = "../../../benches/exercise6/main.rs"]
mod timed;

fn main() -> std::process::ExitCode {
    timed::main()
}
