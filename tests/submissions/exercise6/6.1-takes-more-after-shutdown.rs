//! Takes tasks after shutdown as before.

impl<R: Send + 'static> Scheduler<R> {
    #[must_use]
    pub fn new(workers: usize) -> Self {
        Self::with_clock(workers, Arc::new(SystemClock::new()))
    }

    #[must_use]
    pub fn with_clock(workers: usize, clock: Arc<dyn Clock>) -> Self {
        assert!(workers > 0, "a scheduler needs at least one worker");
        let state = State {
            queue: BTreeMap::new(),
            running: BTreeMap::new(),
            progress: Progress::default(),
            open: true,
            workers_ended: false,
        };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new(), clock });
        let start = |run: fn(&Shared<R>)| {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || run(&shared))
        };
        let workers = (0..workers).map(|_| start(Shared::work)).collect();
        let watcher = Some(start(Shared::watch));
        Self { shared, workers, watcher }
    }

    pub fn submit(
        &self,
        priority: i32,
        timeout: Option<Duration>,
        job: impl FnOnce(&CancelToken) -> R + Send + 'static,
    ) -> Result<Ticket<R>, Closed> {
        let (reply, outcome) = bounded(1);
        let mut state = self.shared.lock();
        let number = state.progress.total as u64;
        state.progress.total += 1;
        let task = Task { number, timeout, job: Box::new(job), reply };
        state.queue.insert(rank(priority, number), task);
        drop(state);
        self.shared.changed.notify_one();
        Ok(Ticket { outcome })
    }

    #[must_use]
    pub fn progress(&self) -> Progress {
        self.shared.lock().progress
    }

    pub fn shutdown(&self) {
        self.shared.close();
    }

    pub fn finish(self) -> Progress {
        let shared = Arc::clone(&self.shared);
        drop(self);
        shared.lock().progress
    }
}
