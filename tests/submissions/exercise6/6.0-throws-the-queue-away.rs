//! Joins the workers, but forgets the jobs that have not begun.

use std::sync::atomic::{AtomicBool, Ordering};

pub struct Pool {
    tasks: Option<Sender<Task>>,
    workers: Vec<JoinHandle<()>>,
    ended: Arc<AtomicBool>,
}

impl Pool {
    #[must_use]
    pub fn new(workers: usize) -> Self {
        assert!(workers > 0, "a pool needs at least one worker");
        let (tasks, queue) = unbounded::<Task>();
        let ended = Arc::new(AtomicBool::new(false));
        let workers = (0..workers)
            .map(|_| (queue.clone(), Arc::clone(&ended)))
            .map(|(queue, ended)| {
                std::thread::spawn(move || {
                    queue.iter().take_while(|_| !ended.load(Ordering::SeqCst)).for_each(|task| task())
                })
            })
            .collect();
        Self { tasks: Some(tasks), workers, ended }
    }

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

impl Drop for Pool {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        self.tasks = None;
        self.workers.drain(..).for_each(|worker| drop(worker.join()));
    }
}
