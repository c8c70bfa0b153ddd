//! Question 6.0: a pool that gives a handle for every job.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use crossbeam::channel::{Sender, unbounded};

/// Why a job has no result: it panicked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobPanic {
    /// What the panic said.
    pub message: String,
}

impl std::fmt::Display for JobPanic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the job panicked: {}", self.message)
    }
}

impl std::error::Error for JobPanic {}

impl JobPanic {
    /// `panic!` makes a `&str` of a plain text and a `String` of a formatted one.
    fn from_payload(payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref().map(String::as_str));
        Self { message: text.unwrap_or("a panic without a message").to_owned() }
    }
}

/// A job with its way to the result inside, so that one queue takes them all.
type Task = Box<dyn FnOnce() + Send>;

/// A fixed number of threads around one queue of jobs.
///
/// All threads are started at once: a pool lives long, and `submit` takes
/// `&self`, so that several threads may share it without a lock.
pub struct Pool {
    tasks: Option<Sender<Task>>,
    workers: Vec<JoinHandle<()>>,
}

/// The promise of one job's result.
///
/// A slot under a lock instead of a channel for each job: `as_completed` can
/// then tell the slot where to send its result, at the cost of one lock. With
/// channels it would have to look at all of them for every result.
pub struct Handle<R> {
    slot: Arc<Slot<R>>,
}

/// Where a result is put down by the worker, and picked up by the handle.
struct Slot<R> {
    state: Mutex<State<R>>,
    done: Condvar,
}

type Outcome<R> = Result<R, JobPanic>;

enum State<R> {
    /// The job is not done.
    Pending,
    /// The job is not done, and a stream wants the result, under this number.
    Wanted(usize, Sender<(usize, Outcome<R>)>),
    /// The result waits here.
    Done(Outcome<R>),
}

impl<R> Slot<R> {
    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn settle(&self, outcome: Outcome<R>) {
        let mut state = self.lock();
        if let State::Wanted(place, stream) = std::mem::replace(&mut *state, State::Pending) {
            drop(state);
            // Nobody listens where the stream was dropped early.
            let _ = stream.send((place, outcome));
        } else {
            *state = State::Done(outcome);
            self.done.notify_one();
        }
    }
}

impl Pool {
    /// Starts a pool of `workers` threads.
    #[must_use]
    pub fn new(workers: usize) -> Self {
        assert!(workers > 0, "a pool needs at least one worker");
        let (tasks, queue) = unbounded::<Task>();
        let workers = (0..workers)
            .map(|_| queue.clone())
            .map(|queue| std::thread::spawn(move || queue.iter().for_each(|task| task())))
            .collect();
        Self { tasks: Some(tasks), workers }
    }

    /// Queues `job` and returns at once, with a handle for its result.
    ///
    /// The panic is caught around the job alone, so the worker never sees it.
    /// What the job was changing when it panicked went down with it, unless it
    /// shares that with others; then it is up to them.
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
            tasks.send(Box::new(task)).expect("the workers listen until the pool is dropped");
        }
        Handle { slot }
    }
}

impl Drop for Pool {
    /// Runs what was submitted: a program that ends after its last `submit`
    /// has then done its work. Throwing the queue away instead would end
    /// sooner, and leave handles that nobody answers.
    fn drop(&mut self) {
        // Without a sender the workers' loops end once the queue is empty.
        self.tasks = None;
        for worker in self.workers.drain(..) {
            // Jobs that panic are caught, so a worker always ends in peace.
            let _ = worker.join();
        }
    }
}

impl<R> Handle<R> {
    /// Waits for the job and gives its result.
    pub fn wait(self) -> Result<R, JobPanic> {
        let mut state = self.slot.lock();
        loop {
            match std::mem::replace(&mut *state, State::Pending) {
                State::Done(outcome) => return outcome,
                _ => state = self.slot.done.wait(state).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

/// Yields the result of each handle as soon as its job is done.
///
/// Each pending job is told to send its result to one channel, where results
/// stand in the order of completion by themselves. The channel ends when the
/// last job has let go of its sender.
pub fn as_completed<R: Send + 'static>(
    handles: Vec<Handle<R>>,
) -> impl Iterator<Item = (usize, Result<R, JobPanic>)> {
    let (stream, results) = unbounded();
    for (place, handle) in handles.into_iter().enumerate() {
        let mut state = handle.slot.lock();
        match std::mem::replace(&mut *state, State::Wanted(place, stream.clone())) {
            State::Done(outcome) => {
                *state = State::Pending;
                // The receiver is right here.
                let _ = stream.send((place, outcome));
            }
            State::Pending | State::Wanted(..) => {}
        }
    }
    results.into_iter()
}
