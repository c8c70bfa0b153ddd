//! Looks at the clock a thousand times a second instead of waiting on it.

impl<R> Shared<R> {
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
                _ => std::thread::sleep(Duration::from_millis(1)),
            }
        }
    }
}
