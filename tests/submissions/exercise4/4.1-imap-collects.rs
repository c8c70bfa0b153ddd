//! Collects all results of pool_imap before it yields the first one.

pub fn pool_imap<T, R, I, F>(items: I, workers: usize, job: F) -> impl Iterator<Item = R>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    pool_map(items.into_iter().collect(), workers, job).into_iter()
}
