//! The `checker` program: becomes a child if it was started as one, or else runs
//! the command line and reports the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    supervise::shim::enter().unwrap_or_else(|| checker::main().into())
}
