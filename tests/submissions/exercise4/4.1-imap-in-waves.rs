//! Works in waves: starts new threads for every few items and waits for them all.

pub fn pool_imap<T, R, I, F>(items: I, workers: usize, job: F) -> impl Iterator<Item = R>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    assert!(workers > 0, "a pool needs at least one worker");
    let mut items = items.into_iter();
    std::iter::from_fn(move || {
        let wave: Vec<T> = items.by_ref().take(workers).collect();
        (!wave.is_empty()).then(|| pool_map(wave, workers, &job))
    })
    .flatten()
}
