//! A sorted list for a queue, outcomes in a slot with a `Condvar`, flags behind locks.

#[derive(Debug, Clone, Default)]
pub struct CancelToken {
    cancelled: Arc<Mutex<bool>>,
}

impl CancelToken {
    pub fn is_cancelled(&self) -> bool {
        *self.cancelled.lock().unwrap()
    }

    fn cancel(&self) {
        *self.cancelled.lock().unwrap() = true;
    }
}

impl Progress {
    pub fn percent(&self) -> u8 {
        let over = [self.done, self.failed, self.timed_out].iter().sum::<usize>() as u128;
        if self.total == 0 { 100 } else { (100 * over / self.total as u128).try_into().unwrap() }
    }
}

struct Place<R>(Mutex<Option<Outcome<R>>>, Condvar);

pub struct Ticket<R> {
    place: Arc<Place<R>>,
}

impl<R> Ticket<R> {
    pub fn wait(self) -> Result<R, Failure> {
        let outcome = self.place.0.lock().unwrap();
        let mut outcome = self.place.1.wait_while(outcome, |outcome| outcome.is_none()).unwrap();
        outcome.take().unwrap()
    }
}

struct Task<R> {
    priority: i32,
    number: u64,
    timeout: Option<Duration>,
    job: Box<dyn FnOnce(&CancelToken) -> R + Send>,
    place: Arc<Place<R>>,
}

struct Running<R> {
    deadline: Option<Duration>,
    token: CancelToken,
    place: Arc<Place<R>>,
}

struct State<R> {
    /// The most urgent one is the last.
    queue: Vec<Task<R>>,
    running: BTreeMap<u64, Running<R>>,
    progress: Progress,
    open: bool,
    workers_ended: bool,
}

impl<R> Shared<R> {
    fn next_task(&self) -> Option<Task<R>> {
        let state = self.state.lock().unwrap();
        let mut state =
            self.changed.wait_while(state, |state| state.queue.is_empty() && state.open).unwrap();
        state.queue.pop()
    }

    fn work(&self) {
        while let Some(Task { number, timeout, job, place, .. }) = self.next_task() {
            let token = CancelToken::default();
            let begin = self.clock.now();
            let deadline = timeout.and_then(|timeout| begin.checked_add(timeout));
            self.state
                .lock()
                .unwrap()
                .running
                .insert(number, Running { deadline, token: token.clone(), place });
            self.clock.wake();
            let outcome = catch_unwind(AssertUnwindSafe(|| job(&token)));
            let end = self.clock.now();
            let outcome = match (outcome, deadline) {
                (_, Some(deadline)) if end >= deadline => Err(Failure::TimedOut),
                (Ok(result), _) => Ok(result),
                (Err(payload), _) => Err(Failure::Panicked(message(&*payload))),
            };
            self.settle(number, outcome);
        }
    }

    fn settle(&self, number: u64, outcome: Outcome<R>) {
        let mut state = self.state.lock().unwrap();
        if let Some(Running { token, place, .. }) = state.running.remove(&number) {
            state.progress.count(&outcome);
            if outcome.as_ref().is_err_and(|failure| *failure == Failure::TimedOut) {
                token.cancel();
            }
            *place.0.lock().unwrap() = Some(outcome);
            place.1.notify_all();
        }
    }
}

impl<R: Send + 'static> Scheduler<R> {
    pub fn with_clock(workers: usize, clock: Arc<dyn Clock>) -> Self {
        assert_ne!(workers, 0);
        let state = State {
            queue: Vec::new(),
            running: BTreeMap::new(),
            progress: Progress::default(),
            open: true,
            workers_ended: false,
        };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new(), clock });
        let workers = (0..workers)
            .map(|_| {
                let shared = shared.clone();
                std::thread::spawn(move || shared.work())
            })
            .collect();
        let watched = shared.clone();
        let watcher = Some(std::thread::spawn(move || watched.watch()));
        Self { shared, workers, watcher }
    }

    pub fn submit(
        &self,
        priority: i32,
        timeout: Option<Duration>,
        job: impl FnOnce(&CancelToken) -> R + Send + 'static,
    ) -> Result<Ticket<R>, Closed> {
        let mut state = self.shared.state.lock().unwrap();
        if !state.open {
            return Err(Closed);
        }
        let place = Arc::new(Place(Mutex::new(None), Condvar::new()));
        let number = state.progress.total as u64;
        state.progress.total += 1;
        let task = Task { priority, number, timeout, job: Box::new(job), place: place.clone() };
        let at = state.queue.partition_point(|other| other.priority < priority);
        state.queue.insert(at, task);
        self.shared.changed.notify_one();
        Ok(Ticket { place })
    }
}
