//! A queue for each priority, the deadlines in a set, all threads woken each time.

use std::collections::{BTreeSet, HashMap, VecDeque};

struct State<R> {
    queue: BTreeMap<i32, VecDeque<Task<R>>>,
    running: HashMap<u64, Running<R>>,
    deadlines: BTreeSet<(Duration, u64)>,
    progress: Progress,
    open: bool,
    workers_ended: bool,
}

impl<R> Shared<R> {
    fn next_task(&self) -> Option<Task<R>> {
        let mut state = self.lock();
        loop {
            if let Some(mut entry) = state.queue.last_entry() {
                let task = entry.get_mut().pop_front();
                if entry.get().is_empty() {
                    entry.remove();
                }
                return task;
            }
            if !state.open {
                return None;
            }
            state = self.changed.wait(state).unwrap();
        }
    }

    fn work(&self) {
        while let Some(Task { number, timeout, job, reply }) = self.next_task() {
            let token = CancelToken::default();
            let deadline = timeout.and_then(|timeout| timeout.checked_add(self.clock.now()));
            let mut state = self.lock();
            state.running.insert(number, Running { deadline, token: token.clone(), reply });
            if let Some(deadline) = deadline {
                state.deadlines.insert((deadline, number));
            }
            drop(state);
            self.clock.wake();
            let outcome = catch_unwind(AssertUnwindSafe(move || job(&token)));
            let is_late = deadline.is_some_and(|deadline| deadline <= self.clock.now());
            self.settle(
                number,
                match outcome {
                    _ if is_late => Err(Failure::TimedOut),
                    Ok(result) => Ok(result),
                    Err(payload) => Err(Failure::Panicked(message(payload.as_ref()))),
                },
            );
        }
    }

    fn watch(&self) {
        loop {
            let (next, is_over) = {
                let state = self.lock();
                (state.deadlines.first().copied(), state.workers_ended)
            };
            if is_over {
                break;
            }
            if let Some((deadline, number)) = next
                && self.clock.now() >= deadline
            {
                self.settle(number, Err(Failure::TimedOut));
                continue;
            }
            self.clock.wait(next.map(|(deadline, _)| deadline));
        }
    }

    fn settle(&self, number: u64, outcome: Outcome<R>) {
        let mut state = self.lock();
        let Some(task) = state.running.remove(&number) else { return };
        if let Some(deadline) = task.deadline {
            state.deadlines.remove(&(deadline, number));
        }
        match &outcome {
            Ok(_) => state.progress.done += 1,
            Err(Failure::TimedOut) => {
                state.progress.timed_out += 1;
                task.token.cancel();
            }
            Err(Failure::Panicked(_)) => state.progress.failed += 1,
        }
        task.reply.send(outcome).ok();
    }
}

impl<R: Send + 'static> Scheduler<R> {
    pub fn with_clock(workers: usize, clock: Arc<dyn Clock>) -> Self {
        if workers == 0 {
            panic!("a scheduler without workers");
        }
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                queue: BTreeMap::new(),
                running: HashMap::new(),
                deadlines: BTreeSet::new(),
                progress: Progress::default(),
                open: true,
                workers_ended: false,
            }),
            changed: Condvar::new(),
            clock,
        });
        let spawn = |run: fn(&Shared<R>)| {
            let shared = shared.clone();
            std::thread::spawn(move || run(&shared))
        };
        let mut crew = Vec::new();
        crew.resize_with(workers, || spawn(|shared| shared.work()));
        let watcher = Some(spawn(|shared| shared.watch()));
        Self { shared, workers: crew, watcher }
    }

    pub fn submit(
        &self,
        priority: i32,
        timeout: Option<Duration>,
        job: impl FnOnce(&CancelToken) -> R + Send + 'static,
    ) -> Result<Ticket<R>, Closed> {
        let mut state = self.shared.lock();
        if !state.open {
            return Err(Closed);
        }
        let (reply, outcome) = crossbeam::channel::unbounded();
        let number = state.progress.total as u64;
        state.progress.total += 1;
        let task = Task { number, timeout, job: Box::new(job), reply };
        state.queue.entry(priority).or_default().push_back(task);
        drop(state);
        self.shared.changed.notify_all();
        Ok(Ticket { outcome })
    }
}
