//! The `checker` program: parses the command line and reports the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    checker::main().into()
}
