//! Question 5.1: one producer, several workers and one aggregator, with
//! bounded queues between them.

use std::error::Error;
use std::fmt::{self, Display, Formatter};

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

/// Tests `numbers` with `is_prime` on `workers` threads and sums up what they
/// find.
///
/// One producer takes the numbers from their source. The workers take them
/// from a queue of `capacity` places and put their results into a second
/// queue of `capacity` places. One aggregator takes the results out, adds
/// each to the summary and then calls `progress` with it. Producer, workers
/// and aggregator each have a thread to themselves; the caller's thread may be
/// the producer's or the aggregator's. All threads have ended on return.
///
/// Every number is tested once, in any order, on never more than `workers`
/// threads. No numbers, no calls, and a summary of nothing.
///
/// Memory: as the queues are bounded, so is the producer's lead. While all
/// workers are held up in `is_prime`, no more than `capacity + workers + 1`
/// numbers have been taken from the source: the queue is full, each worker has
/// a number in hand, and so has the producer. While the aggregator is held up
/// in its first `progress`, it is at most `2 * capacity + workers + 2`.
///
/// # Errors
/// When `is_prime` panics: with that number and the text of the panic (any
/// text where its payload is none). The source may be endless, so the worker
/// that failed takes no further number, the others stop as soon as they learn
/// of it, and the producer takes nothing from the source any more. Of several
/// failures any one is returned.
///
/// # Panics
/// When `workers` or `capacity` is 0. When the source or `progress` panics.
///
/// # Examples
/// ```
/// use exercise5::summarize_primes;
/// let is_prime = |n| n >= 2 && (2..n).all(|d| n % d != 0);
/// let summary = summarize_primes(0..20, 4, 8, is_prime, |_| {}).unwrap();
/// assert_eq!((summary.tested, summary.primes), (20, 8));
/// assert_eq!(summary.largest_prime, Some(19));
/// assert_eq!(summary.by_worker.iter().sum::<u64>(), 20);
/// ```
///
/// # Graded
/// `5.1/summary`, `5.1/roles`, `5.1/together`, `5.1/capacity`, `5.1/ends`,
/// `5.1/failure`, `5.1/memory`, `5.1/schedule`
pub fn summarize_primes(
    numbers: impl Iterator<Item = u64> + Send,
    workers: usize,
    capacity: usize,
    is_prime: impl Fn(u64) -> bool + Sync,
    progress: impl FnMut(&Summary) + Send,
) -> Result<Summary, WorkerFailed> {
    let _ = (numbers, is_prime, progress);
    // TODO: connect a producer, the workers and an aggregator with two bounded queues.
    todo!("5.1: test the numbers with {workers} workers and queues of {capacity} places")
}
