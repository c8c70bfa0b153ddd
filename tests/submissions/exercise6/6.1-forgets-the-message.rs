//! Keeps nothing of what a panic said.

impl<R> Shared<R> {
    fn work(&self) {
        while let Some(Task { number, timeout, job, reply }) = self.next_task() {
            let token = CancelToken::default();
            let deadline = timeout.and_then(|timeout| self.clock.now().checked_add(timeout));
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
                outcome.map_err(|payload| Failure::Panicked(message(&payload)))
            };
            self.settle(number, outcome);
        }
    }
}
