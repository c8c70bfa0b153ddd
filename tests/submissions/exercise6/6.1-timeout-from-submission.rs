//! Counts the timeout from the submission, so that waiting in the queue uses it up.

impl<R: Send + 'static> Scheduler<R> {
    pub fn submit(
        &self,
        priority: i32,
        timeout: Option<Duration>,
        job: impl FnOnce(&CancelToken) -> R + Send + 'static,
    ) -> Result<Ticket<R>, Closed> {
        let (reply, outcome) = bounded(1);
        let mut state = self.shared.lock();
        if !state.open {
            return Err(Closed);
        }
        // What the queue holds is the deadline itself.
        let timeout = timeout.and_then(|timeout| self.shared.clock.now().checked_add(timeout));
        let number = state.progress.total as u64;
        state.progress.total += 1;
        let task = Task { number, timeout, job: Box::new(job), reply };
        state.queue.insert(rank(priority, number), task);
        drop(state);
        self.shared.changed.notify_one();
        Ok(Ticket { outcome })
    }
}

impl<R> Shared<R> {
    fn work(&self) {
        while let Some(Task { number, timeout, job, reply }) = self.next_task() {
            let token = CancelToken::default();
            let deadline = timeout;
            let running = Running { deadline, token: token.clone(), reply };
            self.lock().running.insert(number, running);
            if deadline.is_some() {
                self.clock.wake();
            }
            let outcome = catch_unwind(AssertUnwindSafe(|| job(&token)));
            // The watcher may be late, but the clock is not.
            let outcome = if deadline.is_some_and(|deadline| self.clock.now() >= deadline) {
                Err(Failure::TimedOut)
            } else {
                outcome.map_err(|payload| Failure::Panicked(message(payload.as_ref())))
            };
            self.settle(number, outcome);
        }
    }
}
