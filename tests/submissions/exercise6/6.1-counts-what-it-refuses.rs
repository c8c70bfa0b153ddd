//! Counts a task that it does not take.

impl<R: Send + 'static> Scheduler<R> {
    pub fn submit(
        &self,
        priority: i32,
        timeout: Option<Duration>,
        job: impl FnOnce(&CancelToken) -> R + Send + 'static,
    ) -> Result<Ticket<R>, Closed> {
        let (reply, outcome) = bounded(1);
        let mut state = self.shared.lock();
        let number = state.progress.total as u64;
        state.progress.total += 1;
        if !state.open {
            return Err(Closed);
        }
        let task = Task { number, timeout, job: Box::new(job), reply };
        state.queue.insert(rank(priority, number), task);
        drop(state);
        self.shared.changed.notify_one();
        Ok(Ticket { outcome })
    }
}
