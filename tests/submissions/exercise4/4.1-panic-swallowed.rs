//! Leaves out the results of a worker whose job panicked, and says nothing.

pub fn pool_map<T: Send, R: Send>(
    items: Vec<T>,
    workers: usize,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    assert!(workers > 0, "a pool needs at least one worker");
    let queue = Mutex::new(items.into_iter().enumerate());
    let take = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work =
        || std::iter::from_fn(take).map(|(index, item)| (index, job(item))).collect::<Vec<_>>();
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let crew: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        crew.into_iter().filter_map(|worker| worker.join().ok()).flatten().collect()
    });
    results.sort_unstable_by_key(|&(index, _)| index);
    results.into_iter().map(|(_, result)| result).collect()
}
