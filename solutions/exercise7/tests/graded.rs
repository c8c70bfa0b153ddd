//! Joins the graded tests of exercise 7 to the reference solution.

extern crate solution7 as exercise7;
#[path = "../../../tests/graded/exercise7/main.rs"]
mod graded;

fn main() -> std::process::ExitCode {
    graded::main()
}
