//! Programs for checks to start: the graded test binary in another mode.

use std::process::{Command, ExitCode};

use course::fault::needed;

/// The argument that makes a graded test binary run one of its programs.
pub(crate) const PROGRAM_ARGUMENT: &str = "--program";

/// A program that checks start as a process of its own.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// Full name, such as `5.3/worker`.
    pub name: &'static str,
    /// What it does with its arguments. The process succeeds when this
    /// returns and fails when it panics.
    pub run: fn(&[&str]),
}

/// A command that starts the program `name`; give it its arguments with
/// [`Command::arg`].
///
/// # Panics
/// Where the system does not say which file this process runs.
#[must_use]
pub fn program(name: &str) -> Command {
    let this = needed(std::env::current_exe(), "the file that this process runs");
    let mut command = Command::new(this);
    command.args([PROGRAM_ARGUMENT, name]);
    command
}

/// Runs the program `name` in this process.
pub(crate) fn run(programs: &[&[Program]], name: &str, arguments: &[&str]) -> ExitCode {
    match programs.iter().copied().flatten().find(|program| program.name == name) {
        Some(program) => {
            (program.run)(arguments);
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("there is no program `{name}`");
            ExitCode::from(3)
        }
    }
}

/// Closes the standard input of this process: whoever writes to it finds a broken
/// pipe, once nobody else has the other end.
///
/// # Errors
/// When the system refuses.
pub fn close_input() -> std::io::Result<()> {
    let nothing = std::fs::File::open("/dev/null")?;
    Ok(rustix::stdio::dup2_stdin(nothing)?)
}
