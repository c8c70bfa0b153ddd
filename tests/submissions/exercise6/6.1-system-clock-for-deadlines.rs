//! Measures the time of the jobs by the clock of the machine.

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
        drop(clock);
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new(), clock });
        let start = |run: fn(&Shared<R>)| {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || run(&shared))
        };
        let workers = (0..workers).map(|_| start(Shared::work)).collect();
        let watcher = Some(start(Shared::watch));
        Self { shared, workers, watcher }
    }
}
