//! Joins the graded tests of exercise 4 to the reference solution.

extern crate solution4 as exercise4;
extern crate solution4_model as exercise4_model;
#[path = "../../../tests/graded/exercise4/main.rs"]
mod graded;

fn main() -> std::process::ExitCode {
    graded::main()
}
