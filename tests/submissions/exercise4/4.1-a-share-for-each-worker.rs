//! Gives each worker an equal share, and panics where there is less than one each.

pub fn pool_map<T: Send, R: Send>(
    items: Vec<T>,
    workers: usize,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    assert!(workers > 0, "a pool needs at least one worker");
    assert!(items.is_empty() || items.len() / workers > 0, "less than one item each");
    let mut results: Vec<Option<R>> = std::iter::repeat_with(|| None).take(items.len()).collect();
    let queue = Mutex::new(items.into_iter().enumerate());
    // A closure of its own, so that the lock is free again while the job runs.
    let take = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        std::iter::from_fn(take)
            .map(|(index, item)| (index, job(item)))
            .collect::<Vec<(usize, R)>>()
    };
    std::thread::scope(|scope| {
        let crew: Vec<_> = (0..workers.min(results.len())).map(|_| scope.spawn(work)).collect();
        for worker in crew {
            for (index, result) in worker.join().unwrap_or_else(|panic| resume_unwind(panic)) {
                results[index] = Some(result);
            }
        }
    });
    results.into_iter().flatten().collect()
}
