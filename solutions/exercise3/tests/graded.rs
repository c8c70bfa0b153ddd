//! Joins the graded tests of exercise 3 to the reference solution.

extern crate solution3 as exercise3;
#[path = "../../../tests/graded/exercise3/main.rs"]
mod graded;

fn main() -> std::process::ExitCode {
    graded::main()
}
