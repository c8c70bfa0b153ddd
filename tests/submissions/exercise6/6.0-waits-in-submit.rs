//! Runs the job before submit returns.

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
            tasks.send(Box::new(task)).expect("the workers listen until the pool is dropped");
        }
        drop(slot.done.wait_while(slot.lock(), |state| matches!(state, State::Pending)));
        Handle { slot }
    }
}
