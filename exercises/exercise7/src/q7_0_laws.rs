//! Question 7.0: a timing wrapper and the laws of speedup.

use std::fmt;
use std::time::{Duration, Instant};

/// A clock that can be read.
///
/// The ordinary one is [`MonotonicClock`]. A test brings its own, whose
/// readings it knows beforehand.
pub trait Clock {
    /// The time since a moment that stays the same for this clock.
    fn now(&self) -> Duration;
}

/// The machine's clock that never goes back, whatever happens to the date.
#[derive(Debug, Clone, Copy)]
pub struct MonotonicClock(Instant);

impl MonotonicClock {
    /// A clock that shows zero now.
    #[must_use]
    pub fn new() -> Self {
        Self(Instant::now())
    }
}

impl Default for MonotonicClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for MonotonicClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Runs `work` once and returns its result with the time it took by `clock`.
///
/// The clock is read exactly twice: right before the work and right after it.
/// A clock that went back in between gives a time of zero.
///
/// # Panics
/// When `work` does, with the same payload.
///
/// # Examples
/// ```
/// use exercise7::{MonotonicClock, timed_with};
/// let (sum, _time) = timed_with(&MonotonicClock::new(), || 1 + 2);
/// assert_eq!(sum, 3);
/// ```
///
/// # Graded
/// `7.0/timing`
pub fn timed_with<R>(clock: &impl Clock, work: impl FnOnce() -> R) -> (R, Duration) {
    let _ = (clock, work);
    // TODO: measure the work by the given clock.
    todo!("7.0: run the work between two readings of the clock")
}

/// Runs `work` once and returns its result with the time it took by the
/// machine's own clock.
///
/// # Panics
/// When `work` does, with the same payload.
///
/// # Examples
/// ```
/// use exercise7::timed;
/// let (sum, time) = timed(|| (1..=10).sum::<u32>());
/// assert_eq!(sum, 55);
/// println!("{time:?}");
/// ```
///
/// # Graded
/// `7.0/clock`
pub fn timed<R>(work: impl FnOnce() -> R) -> (R, Duration) {
    let _ = work;
    // TODO: measure the work by the machine's clock.
    todo!("7.0: run the work between two readings of the machine's clock")
}

/// A number that the laws of speedup cannot be asked about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LawError {
    /// A part of the whole that is not between 0 and 1, both included.
    Fraction(f64),
    /// A time in seconds that is not finite and greater than zero.
    Time(f64),
    /// A speedup that is not finite and greater than zero.
    Speedup(f64),
    /// Fewer workers than the law needs.
    Workers {
        /// How many were given.
        given: usize,
        /// How many it takes at least.
        least: usize,
    },
}

/// One sentence for each error. It names the number that was given, as `{}`
/// prints it, and says what is allowed; for [`LawError::Workers`] it names
/// both numbers.
impl fmt::Display for LawError {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // TODO: say what was given and what is allowed.
        todo!("7.0: the words for {self:?}")
    }
}

impl std::error::Error for LawError {}

/// How many times faster the parallel version is: the sequential time divided
/// by the parallel one, both in seconds.
///
/// Below 1 it is slower, and that is an answer too.
///
/// # Errors
/// [`LawError::Time`] with the first of the two that is not finite and greater
/// than zero; NaN is not.
///
/// # Examples
/// ```
/// use exercise7::speedup;
/// assert_eq!(speedup(6.0, 2.0), Ok(3.0));
/// ```
///
/// # Graded
/// `7.0/speedup`, `7.0/errors`
pub fn speedup(sequential: f64, parallel: f64) -> Result<f64, LawError> {
    // TODO: compare the two times.
    todo!("7.0: the speedup from {sequential} s to {parallel} s")
}

/// What part of its time a worker was of use: the speedup divided by the
/// number of workers. 1 is perfect.
///
/// More than 1 is possible, where each worker's part fits into its cache and
/// the whole does not, say, so it is no error.
///
/// # Errors
/// [`LawError::Speedup`] where the speedup is not finite and greater than
/// zero, then [`LawError::Workers`] for 0 workers.
///
/// # Examples
/// ```
/// use exercise7::efficiency;
/// assert_eq!(efficiency(3.0, 4), Ok(0.75));
/// ```
///
/// # Graded
/// `7.0/speedup`, `7.0/errors`
pub fn efficiency(speedup: f64, workers: usize) -> Result<f64, LawError> {
    // TODO: divide the speedup among the workers.
    todo!("7.0: the efficiency of {workers} workers with a speedup of {speedup}")
}

/// Amdahl's law: the greatest speedup of a program that `workers` workers can
/// run in parallel for the fraction `parallel` of its sequential time.
///
/// The rest of the time stays as it is. It never comes to more than `workers`
/// or to more than `1 / (1 - parallel)`.
///
/// # Errors
/// [`LawError::Fraction`] where `parallel` is outside of 0..=1 or NaN, then
/// [`LawError::Workers`] for 0 workers.
///
/// # Examples
/// ```
/// use exercise7::amdahl;
/// assert_eq!(amdahl(0.5, 2), Ok(1.0 / 0.75));
/// assert_eq!(amdahl(1.0, 8), Ok(8.0));
/// ```
///
/// # Graded
/// `7.0/amdahl`, `7.0/errors`
pub fn amdahl(parallel: f64, workers: usize) -> Result<f64, LawError> {
    // TODO: divide the parallel part among the workers.
    todo!("7.0: Amdahl's law for the parallel fraction {parallel} and {workers} workers")
}

/// Gustafson's law: how much more work `workers` workers do in the same time,
/// where the fraction `parallel` of their own (parallel) time is spent in
/// parallel and the parallel work grows with the workers.
///
/// # Errors
/// As [`amdahl`].
///
/// # Examples
/// ```
/// use exercise7::gustafson;
/// assert_eq!(gustafson(0.5, 3), Ok(2.0));
/// ```
///
/// # Graded
/// `7.0/gustafson`, `7.0/errors`
pub fn gustafson(parallel: f64, workers: usize) -> Result<f64, LawError> {
    // TODO: let every worker do a parallel part of its own.
    todo!("7.0: Gustafson's law for the parallel fraction {parallel} and {workers} workers")
}

/// The Karp-Flatt metric: the sequential fraction that a measured speedup
/// speaks of, which is Amdahl's law solved for `1 - p`.
///
/// It is below 0 where the speedup is above the number of workers. Where it
/// grows with the number of workers, overhead is to blame as well.
///
/// # Errors
/// [`LawError::Speedup`] where the speedup is not finite and greater than
/// zero, then [`LawError::Workers`] for fewer than 2 workers: one worker says
/// nothing about what many can share.
///
/// # Examples
/// ```
/// use exercise7::karp_flatt;
/// assert_eq!(karp_flatt(1.0, 2), Ok(1.0)); // no gain at all
/// assert_eq!(karp_flatt(2.0, 2), Ok(0.0)); // all that there is to gain
/// ```
///
/// # Graded
/// `7.0/karp-flatt`, `7.0/errors`
pub fn karp_flatt(speedup: f64, workers: usize) -> Result<f64, LawError> {
    // TODO: find the sequential part that explains the speedup.
    todo!("7.0: the sequential part behind a speedup of {speedup} with {workers} workers")
}
