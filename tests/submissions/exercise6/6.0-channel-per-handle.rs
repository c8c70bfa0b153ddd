//! Honest: a channel for each handle, and a `Select` over all of them.

use crossbeam::channel::{Receiver, Select, bounded};

pub struct Handle<R> {
    result: Receiver<Outcome<R>>,
}

impl Pool {
    pub fn submit<R, F>(&self, job: F) -> Handle<R>
    where
        R: Send + 'static,
        F: FnOnce() -> R + Send + 'static,
    {
        let (reply, result) = bounded(1);
        let task = move || {
            let outcome = catch_unwind(AssertUnwindSafe(job));
            let outcome = outcome.map_err(|payload| JobPanic::from_payload(payload.as_ref()));
            let _ = reply.send(outcome);
        };
        if let Some(tasks) = &self.tasks {
            let _ = tasks.send(Box::new(task));
        }
        Handle { result }
    }
}

impl<R> Handle<R> {
    pub fn wait(self) -> Result<R, JobPanic> {
        self.result.recv().expect("every job is answered")
    }
}

pub fn as_completed<R: Send + 'static>(
    handles: Vec<Handle<R>>,
) -> impl Iterator<Item = (usize, Result<R, JobPanic>)> {
    let mut open: Vec<_> = handles.into_iter().map(|handle| handle.result).enumerate().collect();
    std::iter::from_fn(move || {
        if open.is_empty() {
            return None;
        }
        let ready = {
            let mut select = Select::new();
            for (_, result) in &open {
                select.recv(result);
            }
            select.ready()
        };
        let (place, result) = open.swap_remove(ready);
        Some((place, result.recv().expect("every job is answered")))
    })
}
