//! The `checker` program: becomes a child if it was started as one, or else runs
//! the command line and reports the exit code.

use std::process::ExitCode;

use checker::workspace::isolation::CONFINE;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|first| first == CONFINE) {
        sandbox::shim_main(arguments);
    }
    supervise::shim::enter().unwrap_or_else(|| checker::main().into())
}
