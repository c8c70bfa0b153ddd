//! Skips a task whose ticket was dropped.

pub struct Ticket<R> {
    wanted: Arc<()>,
    outcome: Receiver<Outcome<R>>,
}

impl<R> Ticket<R> {
    pub fn wait(self) -> Result<R, Failure> {
        let outcome = self.outcome.recv().expect("every task comes to an outcome");
        drop(self.wanted);
        outcome
    }
}

struct Task<R> {
    wanted: std::sync::Weak<()>,
    number: u64,
    timeout: Option<Duration>,
    job: Box<dyn FnOnce(&CancelToken) -> R + Send>,
    reply: Sender<Outcome<R>>,
}

impl<R> Shared<R> {
    fn work(&self) {
        while let Some(Task { number, timeout, job, reply, wanted }) = self.next_task() {
            if wanted.upgrade().is_none() {
                self.lock().progress.done += 1;
                continue;
            }
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
        let ticket = Arc::new(());
        let wanted = Arc::downgrade(&ticket);
        let task = Task { number, timeout, job: Box::new(job), reply, wanted };
        state.queue.insert(rank(priority, number), task);
        drop(state);
        self.shared.changed.notify_one();
        Ok(Ticket { wanted: ticket, outcome })
    }
}
