//! Joins the benches of exercise 4 to the reference solution.

extern crate solution4 as exercise4;
#[path = "../../../benches/exercise4/main.rs"]
mod timed;

fn main() -> std::process::ExitCode {
    timed::main()
}
