//! Waits for the deadline of the task that began first, whoever else is due.

impl<R> Shared<R> {
    fn watch(&self) {
        loop {
            let state = self.lock();
            if state.workers_ended {
                return;
            }
            let deadlines = state.running.iter();
            let next = deadlines.filter_map(|(&number, task)| Some((task.deadline?, number)));
            let next = next.min_by_key(|&(_, number)| number);
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
