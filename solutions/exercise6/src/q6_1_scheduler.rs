//! Question 6.1: a scheduler with priorities, timeouts and progress.

use std::any::Any;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam::channel::{Receiver, Sender, bounded};
use records::clock::{Clock, SystemClock};

/// Why a task has no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The job panicked before its deadline, with this message.
    Panicked(String),
    /// The job had not ended when its time was over.
    TimedOut,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Panicked(message) => write!(f, "the job panicked: {message}"),
            Self::TimedOut => write!(f, "the job took too long"),
        }
    }
}

impl std::error::Error for Failure {}

/// The scheduler was shut down and takes no more tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed;

impl std::fmt::Display for Closed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the scheduler was shut down and takes no more tasks")
    }
}

impl std::error::Error for Closed {}

/// How far a scheduler has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Tasks submitted so far.
    pub total: usize,
    /// Tasks that gave a result in time.
    pub done: usize,
    /// Tasks whose job panicked.
    pub failed: usize,
    /// Tasks whose time was over.
    pub timed_out: usize,
}

impl Progress {
    /// The tasks that are over in whole per cent of all, rounded down.
    #[must_use]
    pub fn percent(&self) -> u8 {
        let over = self.done + self.failed + self.timed_out;
        (over * 100).checked_div(self.total).map_or(100, |percent| percent as u8)
    }

    fn count<R>(&mut self, outcome: &Outcome<R>) {
        match outcome {
            Ok(_) => self.done += 1,
            Err(Failure::Panicked(_)) => self.failed += 1,
            Err(Failure::TimedOut) => self.timed_out += 1,
        }
    }
}

impl std::fmt::Display for Progress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { total, done, failed, timed_out } = self;
        let percent = self.percent();
        write!(f, "{done} of {total} done, {failed} failed, {timed_out} timed out ({percent} %)")
    }
}

/// Tells a job that its time is over.
#[derive(Debug, Clone, Default)]
pub struct CancelToken {
    cancelled: Arc<AtomicBool>,
}

impl CancelToken {
    /// Whether the time of the job is over.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        // Relaxed, here and below: the flag hands nothing over but itself.
        self.cancelled.load(Ordering::Relaxed)
    }

    fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

type Outcome<R> = Result<R, Failure>;

/// The promise of one task's outcome.
pub struct Ticket<R> {
    outcome: Receiver<Outcome<R>>,
}

impl<R> Ticket<R> {
    /// Waits until the task is over and gives its result.
    pub fn wait(self) -> Result<R, Failure> {
        self.outcome.recv().expect("every task comes to an outcome")
    }
}

/// The place of a task in the queue: a high priority first, then the number.
type Rank = (Reverse<i32>, u64);

fn rank(priority: i32, number: u64) -> Rank {
    (Reverse(priority), number)
}

/// A task that waits for a worker.
struct Task<R> {
    number: u64,
    timeout: Option<Duration>,
    job: Box<dyn FnOnce(&CancelToken) -> R + Send>,
    reply: Sender<Outcome<R>>,
}

/// A task that is not settled, and in the hands of a worker.
struct Running<R> {
    deadline: Option<Duration>,
    token: CancelToken,
    reply: Sender<Outcome<R>>,
}

/// All that changes, behind one lock that is never held while a job runs.
struct State<R> {
    /// Sorted by rank: a map instead of a `BinaryHeap`, which is a little
    /// faster, but needs four traits to be written for the order of its tasks.
    queue: BTreeMap<Rank, Task<R>>,
    /// By number. Not more than there are workers, so to look at all is cheap.
    running: BTreeMap<u64, Running<R>>,
    progress: Progress,
    open: bool,
    workers_ended: bool,
}

struct Shared<R> {
    state: Mutex<State<R>>,
    changed: Condvar,
    clock: Arc<dyn Clock>,
}

impl<R> Shared<R> {
    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self) {
        self.lock().open = false;
        self.changed.notify_all();
    }

    /// The most urgent task, as soon as there is one; none at the end.
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

    /// Waits on the clock for the next deadline, until the workers have ended.
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

    /// Gives a task its outcome, unless it has one: worker and watcher may both
    /// come, and who takes the task out of the map decides.
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

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref().map(String::as_str));
    text.unwrap_or("a panic without a message").to_owned()
}

/// Runs tasks with a fixed number of workers, the most urgent ones first.
///
/// One thread watches all deadlines. Workers cannot do that while they are
/// busy, and a timer thread for each task would outlive most of them.
pub struct Scheduler<R> {
    shared: Arc<Shared<R>>,
    workers: Vec<JoinHandle<()>>,
    watcher: Option<JoinHandle<()>>,
}

impl<R: Send + 'static> Scheduler<R> {
    /// A scheduler with `workers` workers that goes by the system's clock.
    #[must_use]
    pub fn new(workers: usize) -> Self {
        Self::with_clock(workers, Arc::new(SystemClock::new()))
    }

    /// A scheduler with `workers` workers that goes by `clock`.
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

    /// Queues a task and returns at once, with a ticket for its outcome.
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
        let task = Task { number, timeout, job: Box::new(job), reply };
        state.queue.insert(rank(priority, number), task);
        drop(state);
        self.shared.changed.notify_one();
        Ok(Ticket { outcome })
    }

    /// How far the tasks have come that were submitted so far.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.shared.lock().progress
    }

    /// Takes no more tasks from now on.
    pub fn shutdown(&self) {
        self.shared.close();
    }

    /// Shuts down, waits until every job has returned and gives the last
    /// progress.
    pub fn finish(self) -> Progress {
        let shared = Arc::clone(&self.shared);
        drop(self);
        shared.lock().progress
    }
}

impl<R> Drop for Scheduler<R> {
    /// The watcher goes last: it is needed as long as a job runs.
    fn drop(&mut self) {
        self.shared.close();
        for worker in self.workers.drain(..) {
            // Jobs that panic are caught, so a worker always ends in peace.
            let _ = worker.join();
        }
        self.shared.lock().workers_ended = true;
        self.shared.clock.wake();
        if let Some(watcher) = self.watcher.take() {
            let _ = watcher.join();
        }
    }
}
