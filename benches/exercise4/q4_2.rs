//! The timed call of question 4.2.

use timing::{Call, TimedCall};
use workloads::{chunked_input, churn_chunk};

/// `map_chunked` over many small items.
pub const TIMED: TimedCall = TimedCall { question: "4.2", prepare };

fn prepare(seed: u64, size: u64, threads: usize) -> Call {
    let (items, chunk_size) = chunked_input(seed, size);
    Box::new(move || exercise4::map_chunked(&items, threads, chunk_size, churn_chunk))
}
