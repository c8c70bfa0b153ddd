//! Waits for ever for the result of a job that panicked.

pub fn pool_imap_unordered<T, R, I, F>(items: I, workers: usize, job: F) -> impl Iterator<Item = R>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let (reply, results) = bounded(read_ahead(workers));
    // The panic of a job ends its worker, and nobody is told.
    let crew = Crew::new(workers, move |item| {
        let _ = reply.send(Ok(job(item)));
    });
    Unordered { items: items.into_iter().fuse(), pending: 0, results, crew }
}
