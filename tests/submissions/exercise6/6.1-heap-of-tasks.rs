//! Honest: a heap whose tasks know their own order.

use std::cmp::Ordering as Order;
use std::collections::BinaryHeap;

struct Task<R> {
    priority: i32,
    number: u64,
    timeout: Option<Duration>,
    job: Box<dyn FnOnce(&CancelToken) -> R + Send>,
    reply: Sender<Outcome<R>>,
}

impl<R> Ord for Task<R> {
    fn cmp(&self, other: &Self) -> Order {
        (self.priority, Reverse(self.number)).cmp(&(other.priority, Reverse(other.number)))
    }
}

impl<R> PartialOrd for Task<R> {
    fn partial_cmp(&self, other: &Self) -> Option<Order> {
        Some(self.cmp(other))
    }
}

impl<R> PartialEq for Task<R> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Order::Equal
    }
}

impl<R> Eq for Task<R> {}

struct State<R> {
    queue: BinaryHeap<Task<R>>,
    running: BTreeMap<u64, Running<R>>,
    progress: Progress,
    open: bool,
    workers_ended: bool,
}

impl<R> Shared<R> {
    fn next_task(&self) -> Option<Task<R>> {
        let mut state = self.lock();
        loop {
            if let Some(task) = state.queue.pop() {
                return Some(task);
            }
            if !state.open {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn work(&self) {
        while let Some(Task { number, timeout, job, reply, .. }) = self.next_task() {
            let token = CancelToken::default();
            let deadline = timeout.and_then(|timeout| self.clock.now().checked_add(timeout));
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
}

impl<R: Send + 'static> Scheduler<R> {
    #[must_use]
    pub fn with_clock(workers: usize, clock: Arc<dyn Clock>) -> Self {
        assert!(workers > 0, "a scheduler needs at least one worker");
        let state = State {
            queue: BinaryHeap::new(),
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
        let number = state.progress.total as u64;
        state.progress.total += 1;
        let task = Task { priority, number, timeout, job: Box::new(job), reply };
        state.queue.push(task);
        drop(state);
        self.shared.changed.notify_one();
        Ok(Ticket { outcome })
    }
}
