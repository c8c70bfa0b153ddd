//! Raw numbers of speed and memory checks: everything a verdict follows from.
//!
//! A verdict is a pure function of these records (see
//! [`judge_evidence`](crate::judge::judge_evidence)), so that anybody can judge
//! again from the file, with the same result to the last bit.

use serde::{Deserialize, Serialize};

use crate::catalog::{MemoryBound, SpeedThreshold};
use crate::channel::MemoryMeasurement;
use crate::verdict::Reason;

/// Version of the file format; a reader refuses any other.
pub const EVIDENCE_VERSION: u32 = 2;

/// What an evidence file holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evidence {
    /// Of a `speed` check.
    Speed(SpeedEvidence),
    /// Of a `memory` check.
    Memory(MemoryEvidence),
}

impl Evidence {
    /// The check that was measured.
    #[must_use]
    pub fn check(&self) -> &str {
        match self {
            Self::Speed(evidence) => &evidence.check,
            Self::Memory(evidence) => &evidence.check,
        }
    }
}

/// The measurement of one memory check in one attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MemoryEvidence {
    /// [`EVIDENCE_VERSION`] of the checker that wrote it.
    pub evidence_version: u32,
    /// The check, such as `3.1/memory`.
    pub check: String,
    /// Content hash of the kit.
    pub kit: String,
    /// Where all seeds of the run come from.
    pub salt: u64,
    /// What is allowed.
    pub bound: MemoryBound,
    /// Peak and remaining live heap, in bytes.
    pub measured: MemoryMeasurement,
}

/// All measurements of one speed check in one attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpeedEvidence {
    /// [`EVIDENCE_VERSION`] of the checker that wrote it.
    pub evidence_version: u32,
    /// The check, such as `4.1/speed`.
    pub check: String,
    /// Content hash of the kit.
    pub kit: String,
    /// Where all seeds of the run come from.
    pub salt: u64,
    /// What the reference gains its speedup with.
    pub gain: Gain,
    /// Threads, or connections, that submission and reference were given.
    pub threads: u32,
    /// What is asked.
    pub threshold: SpeedThreshold,
    /// The speedup that the reference reaches where nothing disturbs it.
    pub expected_speedup: f64,
    /// What stood in the third arm: the reference solution or a kit kernel.
    pub reference: String,
    /// Measured windows, in time order.
    pub windows: Vec<Window>,
    /// Why measuring ended before its time, if it did.
    pub stopped: Option<Stop>,
}

/// What a faster version is faster by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gain {
    /// Threads that compute side by side: needs two cores or more.
    Cores,
    /// Connections whose waits overlap: needs no second core.
    Connections,
    /// A better program on one thread.
    OneThread,
}

/// Triples measured in one stretch of time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// Start, in milliseconds since measuring began.
    pub start_ms: u64,
    /// Length in milliseconds.
    pub length_ms: u64,
    /// CPU time that the hypervisor took away, in milliseconds over all cores.
    pub stolen_ms: u64,
    /// How often the system froze the process for its CPU quota.
    pub throttled: u64,
    /// The triples, in time order.
    pub triples: Vec<Triple>,
}

/// One fresh input, timed in all three arms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Triple {
    /// Seed of the input.
    pub seed: u64,
    /// Size of the input, in the question's own unit.
    pub size: u64,
    /// The order in which the arms ran.
    pub order: [Arm; 3],
    /// The kit's best sequential version.
    pub sequential_ns: u64,
    /// The submission, from the request to the answer.
    pub submission_ns: u64,
    /// The parallel reference.
    pub reference_ns: u64,
    /// CPU time that the submission's process used in the few milliseconds
    /// after it had answered.
    pub after_ns: u64,
    /// Threads of the submission's process that did a part of the work; 0
    /// where the workload does not count them.
    pub workers: u32,
}

/// One of the three versions that are timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arm {
    /// The kit's best sequential version.
    Sequential,
    /// The student's version.
    Submission,
    /// The parallel reference.
    Reference,
}

/// Why measuring ended early: the submission failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// As a machine word.
    pub reason: Reason,
    /// For the student.
    pub message: String,
}
