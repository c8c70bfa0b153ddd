//! The failures that are nobody's bug: what a user can repair, and an interruption.

use std::fmt;

use crate::exit_code::Exit;
use crate::text::{clean, clean_line};

/// What happened and where, what to do next, and the exit code it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserError {
    /// What happened, and where.
    pub what: String,
    /// What to do next.
    pub next: String,
    /// The exit code.
    pub exit: Exit,
}

impl UserError {
    /// An error with its two lines: what names or messages of others' bring along, such as a
    /// line end or what acts on a terminal, is taken out.
    pub fn new(exit: Exit, what: impl AsRef<str>, next: impl AsRef<str>) -> Self {
        Self { what: clean_line(what.as_ref()), next: clean_line(next.as_ref()), exit }
    }
}

impl fmt::Display for UserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  {}", self.what, self.next)
    }
}

impl std::error::Error for UserError {}

/// The run was interrupted by a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("interrupted")
    }
}

impl std::error::Error for Interrupted {}

/// Says on standard error what went wrong, in two lines, and which exit code it means.
pub fn told(error: &anyhow::Error) -> Exit {
    if let Some(user) = error.downcast_ref::<UserError>() {
        eprintln!("error: {user}");
        return user.exit;
    }
    if error.is::<Interrupted>() {
        eprintln!("interrupted\n  Run the same command again.");
        return Exit::Interrupted;
    }
    if is_broken_pipe(error) {
        return Exit::Graded;
    }
    let what = clean(&format!("{error:#}"));
    eprintln!(
        "error: {what}\n  Nothing was judged, and this is not the submission's fault: see to the machine, or tell the course staff what you did."
    );
    Exit::Bug
}

/// Whether the reader of our output went away, as `head` does.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
