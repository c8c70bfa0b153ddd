//! Puts the results of pool_map down in the order in which they come.

pub fn pool_map<T: Send, R: Send>(
    items: Vec<T>,
    workers: usize,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    assert!(workers > 0, "a pool needs at least one worker");
    let queue = Mutex::new(items.into_iter());
    let results = Mutex::new(Vec::new());
    let take = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        std::iter::from_fn(take).map(&job).for_each(|result| {
            results.lock().unwrap_or_else(PoisonError::into_inner).push(result);
        });
    };
    std::thread::scope(|scope| {
        let crew: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        for worker in crew {
            worker.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner)
}
