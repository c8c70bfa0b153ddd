//! Panics where there are no items.

pub fn pool_map<T: Send, R: Send>(
    items: Vec<T>,
    workers: usize,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    assert!(workers > 0, "a pool needs at least one worker");
    assert!(!items.is_empty(), "there is nothing to do");
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

impl<I, R> Iterator for Unordered<I, R>
where
    I: Iterator<Item: Send + 'static>,
{
    fn next(&mut self) -> Option<R> {
        while self.pending < read_ahead(self.crew.size)
            && let Some(item) = self.items.next()
        {
            self.pending += 1;
            self.crew.hand_over(item);
        }
        if self.crew.workers.is_empty() {
            panic!("there is nothing to do");
        }
        self.pending = self.pending.checked_sub(1)?;
        let outcome = self.results.recv().expect("every task is answered");
        Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)))
    }
}
