//! Question 4.2: how many items to hand over at once.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Runs `job` on chunks of `chunk_size` items, results in input order.
///
/// An atomic counter hands out the chunks: the cheapest hand-over there is,
/// which works because the slice can be cut at any place without moving an
/// item. rayon's `par_chunks` is shorter, but cuts its work into shares of its
/// own and brings its own threads; a channel of chunks also suits items that
/// arrive over time. The workers' results are joined on the caller's thread.
pub fn map_chunked<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    chunk_size: usize,
    job: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    assert!(workers > 0, "a pool needs at least one worker");
    assert!(chunk_size > 0, "a chunk needs at least one item");
    let chunks = items.chunks(chunk_size);
    let mut parts: Vec<Vec<R>> = std::iter::repeat_with(Vec::new).take(chunks.len()).collect();
    let taken = AtomicUsize::new(0);
    let work = || {
        std::iter::from_fn(|| {
            // Relaxed: the counter only gives each number to one worker; the
            // results are handed over by `join`.
            let index = taken.fetch_add(1, Ordering::Relaxed);
            chunks.clone().nth(index).map(|chunk| (index, job(chunk)))
        })
        .collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let crew: Vec<_> = (0..workers.min(parts.len())).map(|_| scope.spawn(work)).collect();
        for worker in crew {
            for (index, part) in worker.join().unwrap_or_else(|panic| resume_unwind(panic)) {
                parts[index] = part;
            }
        }
    });
    let mut results = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    parts.into_iter().for_each(|part| results.extend(part));
    results
}

/// Measures each chunk size once, in the given order.
///
/// The clock comes from outside: a real one for a benchmark, one that tells a
/// prepared story for a test.
pub fn sweep(
    chunk_sizes: &[usize],
    mut measure: impl FnMut(usize) -> Duration,
) -> Vec<(usize, Duration)> {
    chunk_sizes.iter().map(|&size| (size, measure(size))).collect()
}

/// The chunk size with the shortest time, the smallest one of equals.
///
/// It believes its figures: one disturbed measurement can mislead it, which a
/// median over repetitions would forgive at the price of measuring longer.
#[must_use]
pub fn best_chunk_size(measurements: &[(usize, Duration)]) -> Option<usize> {
    measurements.iter().min_by_key(|&&(size, time)| (time, size)).map(|&(size, _)| size)
}
