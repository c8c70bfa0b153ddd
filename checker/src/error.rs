//! The failures that are nobody's bug: what a user can repair, and an interrupt.

use std::fmt;

use crate::exit_code::Exit;

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
    /// An error with its two lines.
    pub fn new(exit: Exit, what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { what: what.into(), next: next.into(), exit }
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
