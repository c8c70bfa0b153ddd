//! Counts the timeout from the submission, so that waiting in the queue uses it up.

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
        if !state.open {
            return Err(Closed);
        }
        // What the queue holds is the deadline itself.
        let timeout = timeout.and_then(|timeout| self.shared.clock.now().checked_add(timeout));
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

impl<R> Shared<R> {
    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self) {
        self.lock().open = false;
        self.changed.notify_all();
    }

    fn next_task(&self) -> Option<Task<R>> {
        let mut state = self.lock();
        loop {
            if let Some((_, task)) = state.queue.pop_first() {
                return Some(task);
            }
            if !state.open {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn work(&self) {
        while let Some(Task { number, timeout, job, reply }) = self.next_task() {
            let token = CancelToken::default();
            let deadline = timeout;
            let running = Running { deadline, token: token.clone(), reply };
            self.lock().running.insert(number, running);
            if deadline.is_some() {
                self.clock.wake();
            }
            let outcome = catch_unwind(AssertUnwindSafe(|| job(&token)));
            // The watcher may be late, but the clock is not.
            let outcome = if deadline.is_some_and(|deadline| self.clock.now() >= deadline) {
                Err(Failure::TimedOut)
            } else {
                outcome.map_err(|payload| Failure::Panicked(message(payload.as_ref())))
            };
            self.settle(number, outcome);
        }
    }

    fn watch(&self) {
        loop {
            let state = self.lock();
            if state.workers_ended {
                return;
            }
            let deadlines = state.running.iter();
            let next = deadlines.filter_map(|(&number, task)| Some((task.deadline?, number))).min();
            drop(state);
            match next {
                Some((deadline, number)) if deadline <= self.clock.now() => {
                    self.settle(number, Err(Failure::TimedOut));
                }
                // A task that begins meanwhile wakes the clock, and that is kept.
                next => self.clock.wait(next.map(|(deadline, _)| deadline)),
            }
        }
    }

    fn settle(&self, number: u64, outcome: Outcome<R>) {
        let mut state = self.lock();
        let Some(task) = state.running.remove(&number) else { return };
        state.progress.count(&outcome);
        if matches!(outcome, Err(Failure::TimedOut)) {
            task.token.cancel();
        }
        drop(state);
        // Nobody waits where the ticket was dropped.
        let _ = task.reply.send(outcome);
    }
}
