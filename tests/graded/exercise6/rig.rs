//! A scheduler with its clock in the test's hand.

use std::mem::ManuallyDrop;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use exercise6::{CancelToken, Failure, ManualClock, Progress, Scheduler, Ticket};
use harness::{Gate, PATIENCE, expect, expect_eq, fail};

use harness::crew::{in_time, unwrap};

/// The timeout of every task that has one and where the length says nothing.
pub const TIMEOUT: Duration = Duration::from_secs(10);

/// A scheduler and the clock it goes by.
///
/// A check that fails leaves the scheduler as it is: to end one that is broken
/// could take for ever, and nobody would read the message.
pub struct Rig {
    pub clock: Arc<ManualClock>,
    scheduler: ManuallyDrop<Scheduler<u64>>,
}

impl Rig {
    pub fn new(workers: usize) -> Self {
        let clock = Arc::new(ManualClock::new());
        let scheduler = Scheduler::with_clock(workers, clock.clone());
        Self { clock, scheduler: ManuallyDrop::new(scheduler) }
    }

    /// Submits a task; the scheduler is open, so it must take it.
    #[track_caller]
    pub fn submit(
        &self,
        priority: i32,
        timeout: Option<Duration>,
        job: impl FnOnce(&CancelToken) -> u64 + Send + 'static,
    ) -> Ticket<u64> {
        self.scheduler
            .submit(priority, timeout, job)
            .unwrap_or_else(|_| fail("submit refused a task though nobody has called shutdown."))
    }

    /// Submits a task whose job waits at `gate` and ends with 1 once it is open.
    #[track_caller]
    pub fn submit_at(&self, gate: &Arc<Gate>, timeout: Option<Duration>) -> Ticket<u64> {
        let gate = Arc::clone(gate);
        self.submit(0, timeout, move |_| u64::from(gate.wait()))
    }

    /// Waits until a job stands at `gate`: it has begun.
    #[track_caller]
    pub fn await_begin(&self, gate: &Gate) {
        expect(gate.wait_for_waiters(1), "a worker was free, and yet the next job never began.");
    }

    /// Moves the clock so far that every task which has begun is past [`TIMEOUT`].
    pub fn pass_timeout(&self) {
        self.clock.advance(TIMEOUT + Duration::from_nanos(1));
    }

    pub fn progress(&self) -> Progress {
        self.scheduler.progress()
    }

    pub fn scheduler(&self) -> &Scheduler<u64> {
        &self.scheduler
    }

    /// Waits for the end of all tasks.
    #[track_caller]
    pub fn finish(self) -> Progress {
        let scheduler = ManuallyDrop::into_inner(self.scheduler);
        unwrap(in_time("finish", move || scheduler.finish()))
    }

    /// Drops the scheduler, without `finish`.
    #[track_caller]
    pub fn close(self) {
        let scheduler = ManuallyDrop::into_inner(self.scheduler);
        unwrap(in_time("dropping a scheduler", move || drop(scheduler)));
    }
}

/// Waits for the outcome of a task.
#[track_caller]
pub fn outcome(what: &str, ticket: Ticket<u64>) -> Result<u64, Failure> {
    unwrap(in_time(&format!("waiting for the ticket of {what}"), move || ticket.wait()))
}

/// A well-behaved slow job: returns when it is told to. Whether it was.
pub fn until_cancelled(token: &CancelToken) -> bool {
    let begin = Instant::now();
    while !token.is_cancelled() {
        if begin.elapsed() > PATIENCE {
            return false;
        }
        std::thread::yield_now();
    }
    true
}

/// How a task of [`Lockstep`] goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    Ends,
    Panics,
    TimesOut,
}

/// One worker whose jobs wait for a sign, so that the progress can be read
/// between any two events and is known to the last digit.
///
/// Each job learns its course when it runs: the order of the tasks is another
/// check's affair.
pub struct Lockstep {
    rig: Rig,
    begun: Receiver<usize>,
    sign: Sender<Course>,
    tickets: Vec<Option<Ticket<u64>>>,
}

impl Lockstep {
    /// Submits so many tasks; the first one begins.
    pub fn new(tasks: usize) -> Self {
        let rig = Rig::new(1);
        let (begin, begun) = channel();
        let (sign, signs) = channel();
        let signs = Arc::new(Mutex::new(signs));
        let submit = |number: usize| {
            let (begin, signs) = (begin.clone(), Arc::clone(&signs));
            rig.submit(0, Some(TIMEOUT), move |_| {
                // Where the check has failed, nobody gives signs any more.
                let _ = begin.send(number);
                let course = signs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                if course == Ok(Course::Panics) {
                    panic!("task {number} failed");
                }
                number as u64
            })
        };
        let tickets = (0..tasks).map(submit).map(Some).collect();
        Self { rig, begun, sign, tickets }
    }

    /// Takes one task after the other to its end, and shows `see` the progress
    /// before the first and after each; gives the last one.
    #[track_caller]
    pub fn run(self, courses: &[Course], mut see: impl FnMut(Progress)) -> Progress {
        let Self { rig, begun, sign, mut tickets } = self;
        see(rig.progress());
        for &course in courses {
            let began = begun.recv_timeout(2 * PATIENCE).ok();
            let ticket = began.and_then(|number| Some((number, tickets[number].take()?)));
            let (number, ticket) = ticket.unwrap_or_else(|| {
                fail("one worker, several tasks: no further task began, or one began twice.")
            });
            let (event, want) = match course {
                Course::Ends => ("that ended", Ok(number as u64)),
                Course::Panics => {
                    ("that panicked", Err(Failure::Panicked(format!("task {number} failed"))))
                }
                Course::TimesOut => ("whose time was over", Err(Failure::TimedOut)),
            };
            if course == Course::TimesOut {
                rig.pass_timeout();
            } else {
                let _ = sign.send(course);
            }
            let what = format!("task {number}, {event},");
            expect_eq(format_args!("the outcome of {what}"), &outcome(&what, ticket), &want);
            see(rig.progress());
            if course == Course::TimesOut {
                // Only now does its job return, and its worker is free.
                let _ = sign.send(course);
            }
        }
        rig.finish()
    }
}

/// Takes tasks through these courses, and compares the progress at every step.
#[track_caller]
pub fn assert_counted(courses: &[Course]) {
    let total = courses.len();
    let want = |over: usize| {
        let count = |of| courses[..over].iter().filter(|&&course| course == of).count();
        let (done, failed) = (count(Course::Ends), count(Course::Panics));
        Progress { total, done, failed, timed_out: count(Course::TimesOut) }
    };
    let mut over = 0;
    let last = Lockstep::new(total).run(courses, |progress| {
        let what = format!("the progress of {total} tasks, {courses:?}, when {over} are over,");
        expect_eq(what, &progress, &want(over));
        over += 1;
    });
    let what = format!("the progress of {total} tasks, {courses:?}, when all have returned,");
    expect_eq(what, &last, &want(total));
    expect_eq("and in per cent", &last.percent(), &100);
}
