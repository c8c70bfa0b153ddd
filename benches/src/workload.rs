//! What one question is timed on.

use std::ops::RangeInclusive;

/// One prepared call: the input is made, the work is not begun. It returns
/// the whole output, so that nothing lazy escapes the clock.
pub type Call = Box<dyn FnOnce() -> Vec<u64>>;

/// Makes the input of a seed and a size, and a call on it for that many threads.
pub type Prepare = fn(seed: u64, size: u64, threads: usize) -> Call;

/// What one question is timed on, without the submission.
#[derive(Debug, Clone)]
pub struct Workload {
    /// The question, such as `4.1`.
    pub question: &'static str,
    /// What is done, for `cargo bench` and the documentation.
    pub about: &'static str,
    /// Sizes to draw from; the sequential version takes 15 to 40 ms on them.
    pub sizes: RangeInclusive<u64>,
    /// Most threads that are asked for, whatever the machine offers.
    pub max_threads: usize,
    /// Part of the reference's work that stays sequential, as measured.
    pub serial_fraction: f64,
    /// The kit's best sequential version.
    pub sequential: Prepare,
    /// The parallel reference.
    pub reference: Prepare,
    /// What the reference is: "kit kernel" or "reference solution".
    pub reference_name: &'static str,
}

impl Workload {
    /// The same workload with the reference solution in the third arm.
    #[must_use]
    pub fn with_reference_solution(self, reference: Prepare) -> Self {
        Self { reference, reference_name: "reference solution", ..self }
    }
}
