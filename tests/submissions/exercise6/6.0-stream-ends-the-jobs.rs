//! Lets a worker end when nobody takes its result from a stream.

impl<R> Slot<R> {
    fn settle(&self, outcome: Outcome<R>) {
        let mut state = self.lock();
        if let State::Wanted(place, stream) = std::mem::replace(&mut *state, State::Pending) {
            drop(state);
            stream.send((place, outcome)).expect("somebody listens");
        } else {
            *state = State::Done(outcome);
            self.done.notify_one();
        }
    }
}

impl Pool {
    pub fn submit<R, F>(&self, job: F) -> Handle<R>
    where
        R: Send + 'static,
        F: FnOnce() -> R + Send + 'static,
    {
        let slot = Arc::new(Slot { state: Mutex::new(State::Pending), done: Condvar::new() });
        let result = Arc::clone(&slot);
        let task = move || {
            let outcome = catch_unwind(AssertUnwindSafe(job));
            result.settle(outcome.map_err(|payload| JobPanic::from_payload(payload.as_ref())));
        };
        if let Some(tasks) = &self.tasks {
            let _ = tasks.send(Box::new(task));
        }
        Handle { slot }
    }
}
