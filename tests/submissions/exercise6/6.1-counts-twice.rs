//! Counts a task that timed out once more when its job returns.

impl<R> Shared<R> {
    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self) {
        self.lock().open = false;
        self.changed.notify_all();
    }

    fn next_task(&self) -> Option<Task<R>> {
        let mut state = self.lock();
        loop {
            if let Some((_, task)) = state.queue.pop_first() {
                return Some(task);
            }
            if !state.open {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

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
                outcome.map_err(|payload| Failure::Panicked(message(payload.as_ref())))
            };
            self.settle(number, outcome);
        }
    }

    fn watch(&self) {
        loop {
            let state = self.lock();
            if state.workers_ended {
                return;
            }
            let deadlines = state.running.iter();
            let next = deadlines.filter_map(|(&number, task)| Some((task.deadline?, number))).min();
            drop(state);
            match next {
                Some((deadline, number)) if deadline <= self.clock.now() => {
                    self.settle(number, Err(Failure::TimedOut));
                }
                // A task that begins meanwhile wakes the clock, and that is kept.
                next => self.clock.wait(next.map(|(deadline, _)| deadline)),
            }
        }
    }

    fn settle(&self, number: u64, outcome: Outcome<R>) {
        let mut state = self.lock();
        let Some(task) = state.running.remove(&number) else {
            state.progress.done += 1;
            return;
        };
        state.progress.count(&outcome);
        if matches!(outcome, Err(Failure::TimedOut)) {
            task.token.cancel();
        }
        drop(state);
        // Nobody waits where the ticket was dropped.
        let _ = task.reply.send(outcome);
    }
}
