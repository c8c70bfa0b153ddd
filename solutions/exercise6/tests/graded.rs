//! Joins the graded tests of exercise 6 to the reference solution.

extern crate solution6 as exercise6;
extern crate solution6_model as exercise6_model;
#[path = "../../../tests/graded/exercise6/main.rs"]
mod graded;

fn main() -> std::process::ExitCode {
    graded::main()
}
