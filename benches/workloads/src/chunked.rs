//! Question 4.2's workload: many small items, handed out in chunks.

use crate::churn;
use timing::crew;
use timing::working;
use timing::{Call, Means, Workload, difference_of_items, equal};

/// Rounds of one item; about 0.2 microseconds on a 3 GHz core.
const ROUNDS: u32 = 80;

/// The items and the chunk size of a seed and a size; the chunk size lies
/// between 256 and 2047, where the hand-overs cost next to nothing.
#[must_use]
pub fn chunked_input(seed: u64, size: u64) -> (Vec<u64>, usize) {
    let items = (0..size).map(|index| seed.wrapping_add(index)).collect();
    let chunk_size = 256 + usize::try_from(churn(seed, 1) % 1792).unwrap_or_default();
    (items, chunk_size)
}

/// The job on one chunk.
#[must_use]
pub fn churn_chunk(chunk: &[u64]) -> Vec<u64> {
    working();
    chunk.iter().map(|&item| churn(item, ROUNDS)).collect()
}

/// The workload of question 4.2.
#[must_use]
pub fn chunked() -> Workload {
    Workload {
        question: "4.2",
        about: "map_chunked over many small items",
        sizes: 90_000..=110_000,
        means: Means::Cores { max_threads: 4, serial_fraction: 0.02 },
        sequential,
        kernel,
        agrees: equal,
        difference: difference_of_items,
    }
}

fn sequential(seed: u64, size: u64, _threads: usize) -> Call {
    let (items, _) = chunked_input(seed, size);
    Box::new(move || churn_chunk(&items))
}

/// Workers that take the next chunk from one counter.
fn kernel(seed: u64, size: u64, threads: usize) -> Call {
    let (items, chunk_size) = chunked_input(seed, size);
    Box::new(move || {
        let chunks: Vec<&[u64]> = items.chunks(chunk_size).collect();
        crew::map(&chunks, threads, || (), |(), chunk| churn_chunk(chunk)).concat()
    })
}
