//! The timed call of question 5.2.

use exercise5::{Sharing, count_text};
use timing::{Call, TimedCall};
use workloads::WordInput;

/// `count_text` with the dictionaries merged at the end.
pub const TIMED: TimedCall = TimedCall { question: "5.2", prepare };

fn prepare(seed: u64, size: u64, threads: usize) -> Call {
    let input = WordInput::new(seed, size);
    Box::new(move || input.figures(&count_text(&input.text, threads, Sharing::MergeAtEnd)))
}
