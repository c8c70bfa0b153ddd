//! Question 6.1: a scheduler with priorities, timeouts and progress.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use records::clock::Clock;

/// Why a task has no result. Given; nothing to write here.
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

/// The scheduler was shut down and takes no more tasks. Given, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed;

impl std::fmt::Display for Closed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the scheduler was shut down and takes no more tasks")
    }
}

impl std::error::Error for Closed {}

/// How far a scheduler has come. Every task is counted once: as `done`, as
/// `failed` or as `timed_out`. The fields are given, the methods are not.
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
    /// The tasks that are over, however they ended, in whole per cent of all.
    ///
    /// Rounded down, so that it is 100 only when nothing is left to do. Without
    /// tasks nothing is left to do.
    ///
    /// # Examples
    /// ```
    /// use exercise6::Progress;
    /// let progress = Progress { total: 8, done: 3, failed: 1, timed_out: 1 };
    /// assert_eq!(progress.percent(), 62);
    /// ```
    ///
    /// # Graded
    /// `6.1/progress`, `6.1/report`
    #[must_use]
    pub fn percent(&self) -> u8 {
        // TODO: compute the part that is over.
        todo!("6.1: the per cent of {} tasks", self.total)
    }
}

impl std::fmt::Display for Progress {
    /// One line for people: `3 of 10 done, 1 failed, 1 timed out (50 %)`.
    ///
    /// # Graded
    /// `6.1/report`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let _ = f;
        // TODO: write the line.
        todo!("6.1: the line that tells the progress of {} tasks", self.total)
    }
}

/// Tells a job that its time is over. Every job gets one of its own.
///
/// A thread cannot be stopped from outside. So a job that may take long looks
/// at its token now and then, and returns when it is cancelled. Whoever does
/// not look keeps its worker until it ends by itself.
#[derive(Debug, Clone, Default)]
pub struct CancelToken {
    // TODO: keep what job and scheduler share.
}

impl CancelToken {
    /// Whether the time of the job is over.
    ///
    /// # Graded
    /// `6.1/cancel`
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        // TODO: look whether the scheduler has cancelled the job.
        todo!("6.1: whether the job was cancelled")
    }
}

/// The promise of one task's outcome. Dropping it cancels nothing.
pub struct Ticket<R> {
    // TODO: keep what leads to the outcome; this field only stands in for it.
    _outcome: PhantomData<R>,
}

impl<R> Ticket<R> {
    /// Waits until the task is over and gives its result.
    ///
    /// The task is counted before: a [`Progress`] read after `wait` has it.
    ///
    /// # Errors
    /// [`Failure::TimedOut`], at the deadline of the task, even if its job has
    /// not returned yet; [`Failure::Panicked`], with the message of the panic,
    /// or with `"a panic without a message"` where the payload is no text.
    ///
    /// # Graded
    /// `6.1/outcomes`, `6.1/deadline`
    pub fn wait(self) -> Result<R, Failure> {
        // TODO: block until the outcome is there.
        todo!("6.1: wait for the outcome of the task")
    }
}

/// Runs tasks with a fixed number of workers, the most urgent ones first.
///
/// **Priority.** A worker that is free takes the waiting task with the highest
/// priority, and of equals the one that was submitted first. A task that runs
/// is not interrupted for a more urgent one.
///
/// **Timeout.** It counts from the moment when the job begins, not from the
/// submission: time spent in the queue is not the job's fault. The deadline is
/// that moment plus the timeout, by the scheduler's clock. A job that returns
/// or panics before its deadline is in time. One that is still running when
/// the clock shows the deadline, exactly that or more, has timed out: its
/// token is cancelled and then its ticket says so, both at once and whatever
/// the workers and the queue are doing. What it returns later is dropped. A
/// deadline that the clock can never show is none.
///
/// **Waiting.** Nobody polls: the scheduler's threads sleep until there is
/// something to do.
///
/// Dropping a scheduler is like [`finish`](Scheduler::finish). Several threads
/// may submit and read the progress at the same time (`Sync`).
pub struct Scheduler<R> {
    // TODO: keep the shared state and the threads; this field only stands in for them.
    _results: PhantomData<R>,
}

impl<R: Send + 'static> Scheduler<R> {
    /// A scheduler with `workers` workers that goes by the system's clock.
    ///
    /// # Panics
    /// When `workers` is 0.
    ///
    /// # Examples
    /// ```
    /// use exercise6::Scheduler;
    /// let scheduler = Scheduler::new(2);
    /// let ticket = scheduler.submit(0, None, |_| 6 * 7).unwrap();
    /// assert_eq!(ticket.wait(), Ok(42));
    /// assert_eq!(scheduler.finish().percent(), 100);
    /// ```
    ///
    /// # Graded
    /// `6.1/clock`
    #[must_use]
    pub fn new(workers: usize) -> Self {
        // TODO: make a scheduler with `records::clock::SystemClock`.
        todo!("6.1: start {workers} workers that go by the system's clock")
    }

    /// A scheduler with `workers` workers that goes by `clock`.
    ///
    /// At most `workers` jobs run at once, on at most `workers` threads; one
    /// thread more may wait on the clock. No other clock is used.
    ///
    /// # Panics
    /// When `workers` is 0.
    ///
    /// # Examples
    /// ```
    /// use exercise6::{Failure, ManualClock, Scheduler};
    /// use std::{sync::{Arc, mpsc}, time::Duration};
    ///
    /// let clock = Arc::new(ManualClock::new());
    /// let scheduler = Scheduler::with_clock(1, clock.clone());
    /// let (begun, wait) = mpsc::channel();
    /// let slow = scheduler.submit(0, Some(Duration::from_secs(5)), move |token| {
    ///     begun.send(()).unwrap();
    ///     while !token.is_cancelled() {
    ///         std::thread::yield_now();
    ///     }
    /// });
    /// wait.recv().unwrap();
    /// clock.advance(Duration::from_secs(5));
    /// assert_eq!(slow.unwrap().wait(), Err(Failure::TimedOut));
    /// ```
    ///
    /// # Graded
    /// `6.1/together`, `6.1/clock`, `6.1/deadline`
    #[must_use]
    pub fn with_clock(workers: usize, clock: Arc<dyn Clock>) -> Self {
        let _ = clock;
        // TODO: start the workers, and a thread that watches the deadlines.
        todo!("6.1: start {workers} workers")
    }

    /// Queues a task and returns at once, with a ticket for its outcome.
    ///
    /// Without a timeout the job may take as long as it likes. With a timeout
    /// of zero the job is run, and times out in any case. The queue has no
    /// bound. A job that panics harms neither its worker nor other tasks.
    ///
    /// # Errors
    /// After [`shutdown`](Scheduler::shutdown): the job is dropped, and the
    /// task is not counted.
    ///
    /// # Graded
    /// `6.1/order`, `6.1/outcomes`, `6.1/shutdown`, `6.1/schedule`
    pub fn submit(
        &self,
        priority: i32,
        timeout: Option<Duration>,
        job: impl FnOnce(&CancelToken) -> R + Send + 'static,
    ) -> Result<Ticket<R>, Closed> {
        let _ = &job;
        // TODO: queue the task.
        todo!("6.1: queue a task of priority {priority} with the timeout {timeout:?}")
    }

    /// How far the tasks have come that were submitted so far.
    ///
    /// Of two readings the later one never has less in any field, and the
    /// tasks that are over are never more than all.
    ///
    /// # Graded
    /// `6.1/progress`
    #[must_use]
    pub fn progress(&self) -> Progress {
        // TODO: read the counts.
        todo!("6.1: tell the progress")
    }

    /// Takes no more tasks from now on. Those that were submitted are still
    /// run, and their deadlines are still watched. Returns at once.
    ///
    /// # Graded
    /// `6.1/shutdown`
    pub fn shutdown(&self) {
        // TODO: close the queue.
        todo!("6.1: close the queue")
    }

    /// Shuts down, waits until every job has returned, joins all threads and
    /// gives the last progress.
    ///
    /// # Graded
    /// `6.1/shutdown`, `6.1/progress`
    pub fn finish(self) -> Progress {
        // TODO: wait for the end of all tasks.
        todo!("6.1: wait for the end of all tasks")
    }
}

impl<R> Drop for Scheduler<R> {
    fn drop(&mut self) {
        // TODO: take no more tasks, wait for those that are there, join the threads.
    }
}
