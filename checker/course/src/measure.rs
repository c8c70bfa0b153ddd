//! What the checker asks of the process that measures speed, and its answer.
//!
//! The clock and the kit's sequential version live in a process without a line
//! of a student's. It starts the submission's timed calls, and the reference's
//! where there are any, as children of its own and speaks the same protocol to both.

use std::ffi::OsString;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::catalog::SpeedThreshold;
use crate::evidence::SpeedEvidence;

/// The argument that makes a program of timed calls wait for [`MeasureRequest`].
pub const MEASURE_ARGUMENT: &str = "--measure";

/// The argument that makes a program of timed calls answer [`CallRequest`]s.
pub const SERVE_ARGUMENT: &str = "--serve";

/// Asks for the measurement of one speed check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasureRequest {
    /// The question, such as `4.1`.
    pub question: String,
    /// Content hash of the kit, for the record.
    pub kit: String,
    /// Where all seeds come from.
    pub salt: u64,
    /// What is asked.
    pub threshold: SpeedThreshold,
    /// The program with the submission's timed calls.
    pub submission: TimedProgram,
    /// The one with the reference solution's; without it a kernel of the kit
    /// stands in.
    pub reference: Option<TimedProgram>,
    /// Whether everything shares one CPU.
    pub one_cpu: bool,
}

/// A program of timed calls, and how it is started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimedProgram {
    /// The program that restricts itself and then becomes the next one, with its
    /// own arguments.
    pub launcher: Vec<OsString>,
    /// The program.
    pub program: PathBuf,
    /// The whole environment of the process.
    pub env: Vec<(OsString, OsString)>,
    /// What was laid where it was compiled.
    pub identity: String,
}

/// What the measuring process says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureReply {
    /// The raw numbers.
    Measured(Box<SpeedEvidence>),
    /// Nothing was measured, and why.
    Fault(String),
}

/// Asks a program for one timed call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRequest {
    /// The question, such as `4.1`.
    pub question: String,
    /// Seed of the input.
    pub seed: u64,
    /// Size of the input, in the question's own unit.
    pub size: u64,
    /// Threads or connections that the call is given.
    pub threads: usize,
}
