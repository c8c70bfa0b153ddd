//! Question 4.2: how many items to hand over at once.

use std::time::Duration;

/// Cuts `items` into chunks of `chunk_size`, runs `job` on each chunk with
/// `workers` threads and returns all results, in the order of the items.
///
/// `job` is called once for each chunk: for `n` items that is `n` divided by
/// `chunk_size`, rounded up. Every chunk but the last is full. A job may
/// return fewer or more results than it has items; those of one chunk follow
/// those of the chunk before. Never more than `workers` jobs run at once, on at
/// most `workers` threads besides the caller's. No items, no call, no results.
///
/// # Panics
/// When `workers` or `chunk_size` is 0. When a job panics: with the same
/// payload.
///
/// # Examples
/// ```
/// use exercise4::map_chunked;
/// let squares = |chunk: &[u64]| chunk.iter().map(|n| n * n).collect::<Vec<u64>>();
/// assert_eq!(map_chunked(&[1, 2, 3, 4, 5], 2, 2, squares), [1, 4, 9, 16, 25]);
/// ```
///
/// # Graded
/// `4.2/hand-overs`, `4.2/results`, `4.2/together`, `4.2/edges`, `4.2/speed`
pub fn map_chunked<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    chunk_size: usize,
    job: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    let _ = &job;
    // TODO: hand the items over chunk by chunk.
    todo!("4.2: {} items in chunks of {chunk_size} for {workers} workers", items.len())
}

/// Asks `measure` for the time of each chunk size, once and in the given
/// order, and returns sizes and times side by side.
///
/// Nothing else is timed: the clock is `measure`'s affair, so that a test can
/// bring its own. No sizes, no calls.
///
/// # Examples
/// ```
/// use exercise4::sweep;
/// use std::time::Duration;
/// let seconds = |size: usize| Duration::from_secs(100 / size as u64);
/// assert_eq!(
///     sweep(&[1, 10], seconds),
///     [(1, Duration::from_secs(100)), (10, Duration::from_secs(10))]
/// );
/// ```
///
/// # Graded
/// `4.2/sweep`
pub fn sweep(
    chunk_sizes: &[usize],
    measure: impl FnMut(usize) -> Duration,
) -> Vec<(usize, Duration)> {
    let _ = &measure;
    // TODO: measure every chunk size.
    todo!("4.2: measure the chunk sizes {chunk_sizes:?}")
}

/// The chunk size with the shortest time.
///
/// Of several with exactly that time it is the smallest: it spreads uneven
/// work best. The measurements may come in any order. `None` without any.
///
/// # Examples
/// ```
/// use exercise4::best_chunk_size;
/// use std::time::Duration;
/// let times = [(1, 900), (100, 20), (10_000, 60)].map(|(size, ms)| (size, Duration::from_millis(ms)));
/// assert_eq!(best_chunk_size(&times), Some(100));
/// ```
///
/// # Graded
/// `4.2/best`
#[must_use]
pub fn best_chunk_size(measurements: &[(usize, Duration)]) -> Option<usize> {
    // TODO: find the chunk size with the shortest time.
    todo!("4.2: find the best of {} chunk sizes", measurements.len())
}
