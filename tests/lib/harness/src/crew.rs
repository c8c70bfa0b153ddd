//! What the checks of several questions ask of a crew of workers.

use std::any::Any;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any, resume_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::{Result, ThreadId};
use std::time::{Duration, Instant};

use crate::{InFlight, PATIENCE, Rendezvous, fail};

/// Watches the jobs of one call: how many run at once, and on which threads.
pub struct Watch {
    workers: usize,
    jobs: InFlight,
    surplus: Chance,
    caller: ThreadId,
    threads: Mutex<HashSet<ThreadId>>,
}

impl Watch {
    /// A watch for a call that this thread makes, with so many workers.
    pub fn new(workers: usize) -> Self {
        Self {
            workers,
            jobs: InFlight::new(),
            surplus: Chance::default(),
            caller: std::thread::current().id(),
            threads: Mutex::default(),
        }
    }

    /// A job that gives a worker too many the time to come in too.
    pub fn job(&self) {
        let _running = self.jobs.enter();
        let thread = std::thread::current().id();
        self.threads.lock().unwrap_or_else(PoisonError::into_inner).insert(thread);
        self.surplus.wait(|| self.jobs.now() > self.workers);
    }

    /// Jobs started so far.
    pub fn started(&self) -> usize {
        self.jobs.started()
    }

    /// Ends the check if there were more jobs at once, or more threads, than
    /// workers were asked for.
    #[track_caller]
    pub fn assert_kept(&self, what: &str) {
        let workers = self.workers;
        let threads = {
            let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
            threads.remove(&self.caller);
            threads.len()
        };
        let jobs = self.started();
        let plural = if workers == 1 { "" } else { "s" };
        if threads > workers {
            fail(format!(
                "{what} ran its {jobs} jobs on {threads} threads, though it was given {workers} \
                 worker{plural}: start {workers} thread{plural} once and let each run many jobs."
            ));
        }
        if self.jobs.peak() > workers {
            fail(format!(
                "{what} ran {} jobs at once, though it was given {workers} worker{plural}.",
                self.jobs.peak()
            ));
        }
    }
}

/// A while in which wrong code may show what it does wrong.
///
/// Nothing is ever asserted about this time, so a slow machine fails nobody;
/// right code only uses it up. All who wait share it, so that many jobs cost
/// no more than one.
#[derive(Debug, Default)]
pub struct Chance {
    since: OnceLock<Instant>,
}

impl Chance {
    const LENGTH: Duration = Duration::from_millis(200);

    /// Lets other threads run until `shown`, or until the chance is over.
    pub fn wait(&self, shown: impl Fn() -> bool) {
        let since = self.since.get_or_init(Instant::now);
        while !shown() && since.elapsed() < Self::LENGTH {
            std::thread::yield_now();
        }
    }
}

/// Waits until `shown`, but no longer than for a gate. Returns whether it was.
pub fn comes_true(shown: impl Fn() -> bool) -> bool {
    let since = Instant::now();
    while !shown() && since.elapsed() < PATIENCE {
        std::thread::yield_now();
    }
    shown()
}

/// Asserts a rendezvous and names the call it belongs to.
#[track_caller]
pub fn assert_met(what: &str, rendezvous: &Rendezvous) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| rendezvous.assert_met())) {
        fail(format!("{what}: {}", text_of(panic.as_ref())));
    }
}

/// Runs `call` on a thread of its own, so that one that never comes back ends
/// the check with words instead of the deadline. Its panic is given back.
#[track_caller]
pub fn in_time<R: Send + 'static>(
    what: &str,
    call: impl FnOnce() -> R + Send + 'static,
) -> Result<R> {
    let (reply, answer) = channel();
    std::thread::spawn(move || reply.send(catch_unwind(AssertUnwindSafe(call))));
    match answer.recv_timeout(2 * PATIENCE) {
        Ok(outcome) => outcome.inspect_err(|panic| {
            if is_unwritten(panic.as_ref()) {
                fail(text_of(panic.as_ref()));
            }
        }),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => fail(format!(
            "{what} never came back: somebody waits for a thread or a channel that nobody serves."
        )),
    }
}

/// The payload of [`break_down`].
#[derive(Debug, PartialEq)]
pub struct Broken {
    item: u64,
}

/// A job that cannot be done: it panics with a payload that is no text.
pub fn break_down(item: u64) -> ! {
    panic_any(Broken { item })
}

/// Ends the check unless `outcome` is the panic of [`break_down`].
#[track_caller]
pub fn assert_broken<R>(what: &str, outcome: Result<R>) {
    match outcome {
        Ok(_) => fail(format!(
            "{what} came to its end as if nothing had happened: the panic of a job was lost, and \
             the caller takes half of the results for all of them."
        )),
        Err(panic) if panic.is::<Broken>() => {}
        Err(panic) => fail(format!(
            "{what} panicked with other words, \"{}\", and lost the payload of the job's own panic. \
             Hand on what `join` or `catch_unwind` gives, with `std::panic::resume_unwind`.",
            text_of(panic.as_ref())
        )),
    }
}

/// Gives back a panic that [`in_time`] has caught.
pub fn unwrap<R>(outcome: Result<R>) -> R {
    outcome.unwrap_or_else(|panic| resume_unwind(panic))
}

fn is_unwritten(panic: &(dyn Any + Send)) -> bool {
    text_of(panic).starts_with("not yet implemented")
}

fn text_of(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()))
        .unwrap_or_else(|| "no text".to_owned())
}
