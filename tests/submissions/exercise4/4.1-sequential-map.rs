//! Runs all jobs one after another on the caller's thread.

pub fn pool_map<T: Send, R: Send>(
    items: Vec<T>,
    workers: usize,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    assert!(workers > 0, "a pool needs at least one worker");
    items.into_iter().map(job).collect()
}
