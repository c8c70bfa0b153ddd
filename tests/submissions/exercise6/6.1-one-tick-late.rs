//! Gives a job its deadline as well: it times out when the clock is past it.

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
            let outcome = if deadline.is_some_and(|deadline| self.clock.now() > deadline) {
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
                Some((deadline, number)) if deadline < self.clock.now() => {
                    self.settle(number, Err(Failure::TimedOut));
                }
                // A task that begins meanwhile wakes the clock, and that is kept.
                next => {
                    self.clock.wait(next.map(|(deadline, _)| deadline + Duration::from_nanos(1)))
                }
            }
        }
    }
}
