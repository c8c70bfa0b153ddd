//! The bare fact of one run, without an opinion about it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::channel::Reply;

/// How a child process ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exit {
    /// It exited with this code.
    Code(i32),
    /// This signal ended it.
    Signal(i32),
    /// It was stopped at its deadline.
    TimedOut,
    /// It was ended because the whole run was interrupted.
    Interrupted,
    /// It was stopped because more of the same would have told nothing new.
    Stopped,
    /// It was stopped because it wrote too much into its folder.
    DiskFilled,
    /// It was stopped because it had too many threads and processes.
    TooManyTasks,
    /// It could not be started.
    NotStarted(String),
}

impl Outcome {
    /// Of a child that could not be started.
    #[must_use]
    pub fn not_started(why: String) -> Self {
        Self {
            exit: Exit::NotStarted(why),
            replies: Vec::new(),
            stdout: Vec::new(),
            stderr: Vec::new(),
            wall: Duration::ZERO,
        }
    }
}

/// What one child did.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// How it ended.
    pub exit: Exit,
    /// What it said over the private channel, in order; lines that are no
    /// reply are left out.
    pub replies: Vec<Reply>,
    /// The first part of its standard output. Untrusted.
    pub stdout: Vec<u8>,
    /// The first part of its standard error. Untrusted.
    pub stderr: Vec<u8>,
    /// How long it ran.
    pub wall: Duration,
}
