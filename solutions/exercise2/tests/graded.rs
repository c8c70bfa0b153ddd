//! Joins the graded tests of exercise 2 to the reference solution.

extern crate solution2 as exercise2;
#[path = "../../../tests/graded/exercise2/main.rs"]
mod graded;

fn main() -> std::process::ExitCode {
    graded::main()
}
