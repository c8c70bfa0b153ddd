//! Lets the unordered stream run three items for each worker ahead.

pub fn pool_imap_unordered<T, R, I, F>(items: I, workers: usize, job: F) -> impl Iterator<Item = R>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let (reply, results) = bounded(3 * workers);
    let crew = Crew::new(workers, move |item| {
        let _ = reply.send(attempt(&job, item));
    });
    Unordered { items: items.into_iter().fuse(), pending: 0, results, crew }
}

impl<T: Send + 'static> Crew<T> {
    fn new(size: usize, work: impl Fn(T) + Send + Sync + 'static) -> Self {
        assert!(size > 0, "a pool needs at least one worker");
        let (tasks, queue) = bounded(3 * size);
        Self { size, work: Arc::new(work), tasks: Some(tasks), queue, workers: Vec::new() }
    }
}

impl<I, R> Iterator for Unordered<I, R>
where
    I: Iterator<Item: Send + 'static>,
{
    fn next(&mut self) -> Option<R> {
        while self.pending < 3 * self.crew.size
            && let Some(item) = self.items.next()
        {
            self.pending += 1;
            self.crew.hand_over(item);
        }
        self.pending = self.pending.checked_sub(1)?;
        let outcome = self.results.recv().expect("every task is answered");
        Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)))
    }
}
