//! Question 4.1: a pool of workers that gives its results in three ways.

/// Runs `job` on every item with `workers` threads and returns all results,
/// in the order of the items.
///
/// Blocks until the last job is done. A worker takes the next item as soon as
/// it is free, so that a long job holds no other item back. Jobs run on at
/// most `workers` threads besides the caller's, however many items there are,
/// and never more than `workers` jobs run at once. No items, no results; more
/// workers than items do no harm.
///
/// # Panics
/// When `workers` is 0. When a job panics: with the same payload, once the
/// jobs that were running have ended.
///
/// # Examples
/// ```
/// use exercise4::pool_map;
/// assert_eq!(pool_map(vec![1, 2, 3, 4], 2, |n| n * n), [1, 4, 9, 16]);
/// ```
///
/// # Graded
/// `4.1/order`, `4.1/edges`, `4.1/together`, `4.1/limit`, `4.1/uneven`,
/// `4.1/panic`, `4.1/speed`, `4.1/schedule`
pub fn pool_map<T: Send, R: Send>(
    items: Vec<T>,
    workers: usize,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let _ = &job;
    // TODO: run the job on all items at once, as far as there are workers.
    todo!("4.1: run the job on {} items with {workers} workers", items.len())
}

/// Runs `job` on the items with `workers` threads and yields each result in
/// the order of the items, as soon as it and all before it are there.
///
/// The stream is lazy: at most `2 * workers` items are taken from `items`
/// beyond those whose results have been yielded, so that `items` may be
/// endless. Never more than `workers` jobs run at once, and they run on at
/// most `workers` threads. No items, no results. Dropping the iterator early
/// starts no further work, waits for the jobs that run and joins the threads.
///
/// # Panics
/// When `workers` is 0. When a job panics, the `next` that would have yielded its
/// result does too, with the same payload.
///
/// # Examples
/// ```
/// use exercise4::pool_imap;
/// let squares = pool_imap(1_u64.., 2, |n| n * n);
/// assert_eq!(squares.take(4).collect::<Vec<_>>(), [1, 4, 9, 16]);
/// ```
///
/// # Graded
/// `4.1/order`, `4.1/edges`, `4.1/together`, `4.1/limit`, `4.1/lazy`,
/// `4.1/read-ahead`, `4.1/panic`, `4.1/drop`, `4.1/schedule`
pub fn pool_imap<T, R, I, F>(items: I, workers: usize, job: F) -> impl Iterator<Item = R>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let items = items.into_iter();
    // TODO: yield the results in order while the workers are already further on.
    std::iter::from_fn(move || -> Option<R> {
        let _ = (&items, &job);
        todo!("4.1: yield the results in order, with {workers} workers")
    })
}

/// Runs `job` on the items with `workers` threads and yields each result as
/// soon as it is there: what finishes first comes first.
///
/// As [`pool_imap`] in all but the order: at most `2 * workers` items are
/// taken beyond those whose results have been yielded; at most `workers` jobs
/// at once, on at most `workers` threads; no items, no results; dropping the
/// iterator early starts no further work, waits for the jobs that run and
/// joins the threads.
///
/// # Panics
/// When `workers` is 0. When a job panics, the `next` that would have yielded its
/// result does too, with the same payload.
///
/// # Examples
/// ```
/// use exercise4::pool_imap_unordered;
/// let mut squares: Vec<u64> = pool_imap_unordered([1, 2, 3, 4], 2, |n| n * n).collect();
/// squares.sort();
/// assert_eq!(squares, [1, 4, 9, 16]);
/// ```
///
/// # Graded
/// `4.1/order`, `4.1/edges`, `4.1/together`, `4.1/limit`, `4.1/unordered`,
/// `4.1/read-ahead`, `4.1/panic`, `4.1/drop`, `4.1/schedule`
pub fn pool_imap_unordered<T, R, I, F>(items: I, workers: usize, job: F) -> impl Iterator<Item = R>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let items = items.into_iter();
    // TODO: yield each result when it is ready, whichever item it belongs to.
    std::iter::from_fn(move || -> Option<R> {
        let _ = (&items, &job);
        todo!("4.1: yield what is ready first, with {workers} workers")
    })
}
