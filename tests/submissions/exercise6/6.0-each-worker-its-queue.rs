//! Deals the jobs out to queues of the workers, by turns.

pub struct Pool {
    tasks: Option<Vec<Sender<Task>>>,
    turn: std::sync::atomic::AtomicUsize,
    workers: Vec<JoinHandle<()>>,
}

impl Pool {
    #[must_use]
    pub fn new(workers: usize) -> Self {
        assert!(workers > 0, "a pool needs at least one worker");
        let (tasks, queues): (Vec<_>, Vec<_>) = (0..workers).map(|_| unbounded::<Task>()).unzip();
        let workers = queues
            .into_iter()
            .map(|queue| std::thread::spawn(move || queue.iter().for_each(|task| task())))
            .collect();
        Self { tasks: Some(tasks), workers, turn: Default::default() }
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
            let turn = self.turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            tasks[turn % tasks.len()]
                .send(Box::new(task))
                .expect("the workers listen until the pool is dropped");
        }
        Handle { slot }
    }
}
