//! Joins the benches of exercise 5 to the reference solution.

extern crate solution5 as exercise5;
#[path = "../../../benches/exercise5/main.rs"]
mod timed;

fn main() -> std::process::ExitCode {
    timed::main()
}
