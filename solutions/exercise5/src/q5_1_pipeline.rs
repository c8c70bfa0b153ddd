//! Question 5.1: one producer, several workers and one aggregator, with
//! bounded queues between them.

use std::any::Any;
use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crossbeam::channel::bounded;

/// What the aggregator knows about the numbers tested so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// How many numbers were tested; repeated ones count each time.
    pub tested: u64,
    /// How many of them are prime.
    pub primes: u64,
    /// The largest of these primes.
    pub largest_prime: Option<u64>,
    /// How many numbers each worker has tested, one entry for each worker.
    pub by_worker: Vec<u64>,
}

/// The panic of a worker, as an error for the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerFailed {
    /// The number that was being tested.
    pub number: u64,
    /// What the panic said.
    pub message: String,
}

impl Display for WorkerFailed {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "the test of {} failed: {}", self.number, self.message)
    }
}

impl Error for WorkerFailed {}

/// Tests `numbers` on `workers` threads and sums up what they find.
///
/// The aggregator stays on the caller's thread. No sentinel, no flag and no
/// counter: ends travel as closed channels. When the source is used up the
/// producer's sender goes, so the workers' loops end, so the aggregator's
/// does. A failure travels the other way: the aggregator returns and drops its
/// receiver, so the workers' sends fail and they go, so the producer's send
/// fails. The price is that a worker busy with a long test, or a producer that
/// waits for its source, is only stopped when it comes back to its queue.
pub fn summarize_primes(
    numbers: impl Iterator<Item = u64> + Send,
    workers: usize,
    capacity: usize,
    is_prime: impl Fn(u64) -> bool + Sync,
    mut progress: impl FnMut(&Summary) + Send,
) -> Result<Summary, WorkerFailed> {
    assert!(workers > 0, "without a worker no number is ever tested");
    assert!(capacity > 0, "a queue without a place holds nothing");
    let is_prime = &is_prime;
    let (task, tasks) = bounded(capacity);
    let (reply, replies) = bounded(capacity);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for number in numbers {
                if task.send(number).is_err() {
                    break;
                }
            }
        });
        for worker in 0..workers {
            let (tasks, reply) = (tasks.clone(), reply.clone());
            scope.spawn(move || {
                for number in tasks {
                    let verdict = attempt(number, is_prime);
                    let failed = verdict.is_err();
                    if reply.send((worker, number, verdict)).is_err() || failed {
                        break;
                    }
                }
            });
        }
        // Only the threads may keep ends of the queues, or nobody sees them close.
        drop((tasks, reply));
        let mut summary = Summary { by_worker: vec![0; workers], ..Summary::default() };
        for (worker, number, verdict) in replies {
            let prime = verdict?;
            summary.tested += 1;
            summary.by_worker[worker] += 1;
            if prime {
                summary.primes += 1;
                summary.largest_prime = summary.largest_prime.max(Some(number));
            }
            progress(&summary);
        }
        Ok(summary)
    })
}

/// Tests one number; a panic becomes an error.
///
/// No broken state can be seen afterwards: the whole is given up.
fn attempt(number: u64, is_prime: impl Fn(u64) -> bool) -> Result<bool, WorkerFailed> {
    catch_unwind(AssertUnwindSafe(|| is_prime(number)))
        .map_err(|panic| WorkerFailed { number, message: text_of(panic.as_ref()) })
}

/// The text of a panic: `panic!` with arguments makes a `String`, without any
/// a `&str`.
fn text_of(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()))
        .unwrap_or_else(|| "a panic without a text".to_owned())
}
