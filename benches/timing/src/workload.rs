//! What one question is timed on.

use std::ops::RangeInclusive;

use course::evidence::Gain;

use crate::machine::offered_threads;

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
    /// What makes the reference faster than the sequential version.
    pub means: Means,
    /// The kit's best sequential version.
    pub sequential: Prepare,
    /// The kit's parallel version, which stands in where there is no reference
    /// solution.
    pub kernel: Prepare,
    /// Whether an output is right, where the sequential version's is `expected`;
    /// [`equal`] but where a tolerance is allowed.
    pub agrees: fn(expected: &[u64], got: &[u64]) -> bool,
    /// Says in the student's words what is wrong with an output that is not
    /// right; [`difference_of_items`] where it is a list of results.
    pub difference: fn(expected: &[u64], got: &[u64]) -> String,
}

/// Whether two outputs are the same.
#[must_use]
pub fn equal(expected: &[u64], got: &[u64]) -> bool {
    expected == got
}

/// What is wrong with a list of results, one for each item.
#[must_use]
pub fn difference_of_items(expected: &[u64], got: &[u64]) -> String {
    if got.len() != expected.len() {
        return format!(
            "a timed call returned {} results for {} items.",
            got.len(),
            expected.len()
        );
    }
    let at = first_difference(expected, got);
    format!(
        "the output of a timed call is wrong: result {at} of {} is not that of the sequential version. Results must come in the order of the items.",
        expected.len()
    )
}

/// The first place at which two outputs differ.
#[must_use]
pub fn first_difference(expected: &[u64], got: &[u64]) -> usize {
    got.iter().zip(expected).take_while(|(got, expected)| got == expected).count()
}

/// What makes a reference faster than the sequential version, and by how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Means {
    /// Threads that compute side by side, by Amdahl's law.
    Cores {
        /// Most threads that are asked for, whatever the machine offers.
        max_threads: usize,
        /// Part of the reference's work that stays sequential, as measured.
        serial_fraction: f64,
    },
    /// Connections whose waits overlap, however many cores there are.
    Connections {
        /// How many.
        count: usize,
        /// Speedup of the reference on a quiet machine, as measured.
        speedup: f64,
    },
    /// A better program on one thread.
    OneThread {
        /// Speedup of the reference over the given version, as measured.
        speedup: f64,
    },
}

impl Means {
    /// The name of these means in an evidence file.
    #[must_use]
    pub fn gain(self) -> Gain {
        match self {
            Self::Cores { .. } => Gain::Cores,
            Self::Connections { .. } => Gain::Connections,
            Self::OneThread { .. } => Gain::OneThread,
        }
    }

    /// Threads, or connections, that submission and reference are given here.
    #[must_use]
    pub fn threads(self) -> usize {
        match self {
            Self::Cores { max_threads, .. } => offered_threads(max_threads),
            Self::Connections { count, .. } => count,
            Self::OneThread { .. } => 1,
        }
    }

    /// The speedup that the reference reaches where nothing disturbs it.
    #[must_use]
    pub fn expected_speedup(self) -> f64 {
        match self {
            Self::Cores { serial_fraction, .. } => {
                let threads = f64::from(u32::try_from(self.threads()).unwrap_or(u32::MAX));
                1.0 / (serial_fraction + (1.0 - serial_fraction) / threads)
            }
            Self::Connections { speedup, .. } | Self::OneThread { speedup } => speedup,
        }
    }
}

/// A question and the function of its exercise that is timed.
#[derive(Debug, Clone, Copy)]
pub struct TimedCall {
    /// The question, such as `4.1`.
    pub question: &'static str,
    /// Makes a call of the function.
    pub prepare: Prepare,
}
