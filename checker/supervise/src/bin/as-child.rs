//! Becomes another program as a supervised child does, for the tests of this crate.

use std::process::ExitCode;

fn main() -> ExitCode {
    supervise::shim::enter().unwrap_or(ExitCode::SUCCESS)
}
