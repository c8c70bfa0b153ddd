//! Reports the panic and lets it go on: the worker ends with it.

impl Pool {
    pub fn submit<R, F>(&self, job: F) -> Handle<R>
    where
        R: Send + 'static,
        F: FnOnce() -> R + Send + 'static,
    {
        let slot = Arc::new(Slot { state: Mutex::new(State::Pending), done: Condvar::new() });
        let result = Arc::clone(&slot);
        let task = move || match catch_unwind(AssertUnwindSafe(job)) {
            Ok(value) => result.settle(Ok(value)),
            Err(payload) => {
                result.settle(Err(JobPanic::from_payload(payload.as_ref())));
                std::panic::resume_unwind(payload);
            }
        };
        if let Some(tasks) = &self.tasks {
            let _ = tasks.send(Box::new(task));
        }
        Handle { slot }
    }
}
