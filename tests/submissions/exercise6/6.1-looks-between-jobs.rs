//! Looks at the clock only when a worker is free again.

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
            self.clock.wait(next.map(|_: (Duration, u64)| Duration::MAX));
        }
    }
}
