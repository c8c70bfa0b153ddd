//! Joins the graded tests of exercise 5 to the reference solution.

extern crate solution5 as exercise5;
extern crate solution5_model as exercise5_model;
#[path = "../../../tests/graded/exercise5/main.rs"]
mod graded;

fn main() -> std::process::ExitCode {
    graded::main()
}
