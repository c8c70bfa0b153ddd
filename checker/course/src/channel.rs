//! The private line between a supervisor and one child that runs one check.
//!
//! The child finds one end of a socket pair as its standard input. It reads
//! the [`Request`] and takes the socket away before any of the student's code
//! runs; replies are one JSON object a line. A pass needs a [`Reply::Finished`]
//! that repeats the request's nonce, which nothing but the harness has seen; and
//! any verdict needs a [`Reply::Started`] with the identity of what was laid.

use serde::{Deserialize, Serialize};

use crate::verdict::Reason;

/// Most bytes of replies that a supervisor reads from one child.
pub const REPLY_CAP: usize = 1 << 20;

/// Live heap that a check may hold, in bytes.
pub const HEAP_CAP: u64 = 1 << 30;

/// In place of a check: the harness says what it was compiled from and whether
/// the machine gives it what every check needs.
pub const PROBE: &str = "--probe";

/// What the supervisor asks of the child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The check to run, by its full name.
    pub check: String,
    /// Random text that the child must give back after the last assertion.
    pub nonce: String,
    /// Mixed into every seed; 0 for a student's own run.
    pub salt: u64,
    /// Most live heap bytes before the run counts as out of memory.
    pub heap_cap_bytes: u64,
    /// The command that repeats this check, for the student to read.
    pub repeat: String,
}

/// What the child answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// The harness has read the request and is about to run the check. Told
    /// before any of the student's code runs.
    Started {
        /// What was laid where this program was compiled, as its compiler saw it.
        identity: String,
    },
    /// The harness could not do its own part: the machine refused it something,
    /// or it has no such check. Never the student's fault.
    Fault {
        /// What happened, for the course staff.
        message: String,
    },
    /// An assertion failed or the student's code panicked.
    Failed {
        /// Why, as a machine word.
        reason: Reason,
        /// Why, for the student.
        message: String,
    },
    /// The code uses what the model checker cannot see.
    NotModelled {
        /// What that is, for the student.
        message: String,
    },
    /// Raw numbers of a memory check.
    Memory(MemoryMeasurement),
    /// The live heap passed the cap; written by the allocator itself.
    OutOfMemory,
    /// Every assertion held; `nonce` and `check` are those of the request.
    Finished {
        /// The nonce of the request.
        nonce: String,
        /// The check that ran.
        check: String,
    },
}

/// Peak live heap at several input sizes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryMeasurement {
    /// What is counted, in the plural: "lines".
    pub unit: String,
    /// One entry for each size, smallest first.
    pub sizes: Vec<MemoryAtSize>,
}

/// Heap figures of the runs at one input size, in bytes above entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryAtSize {
    /// Number of elements in the input.
    pub elements: u64,
    /// Peak live heap of each run.
    pub peak_bytes: Vec<u64>,
    /// Live heap that was left after everything was dropped, of each run.
    pub left_bytes: Vec<u64>,
}
