//! Starts one worker more than asked for.

impl<R: Send + 'static> Scheduler<R> {
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
        let workers = (0..=workers).map(|_| start(Shared::work)).collect();
        let watcher = Some(start(Shared::watch));
        Self { shared, workers, watcher }
    }
}
