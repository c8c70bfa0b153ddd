//! Ends the watcher at shutdown, when jobs are still running.

impl<R> Shared<R> {
    fn close(&self) {
        self.lock().open = false;
        self.changed.notify_all();
        self.clock.wake();
    }

    fn watch(&self) {
        loop {
            let state = self.lock();
            if state.workers_ended || !state.open {
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
}
