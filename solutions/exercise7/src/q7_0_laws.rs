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

/// Runs `work` once between two readings of the clock.
///
/// The clock is a parameter, so that a test can know the answer beforehand.
/// Subtraction saturates: a clock that goes back must not crash a benchmark.
pub fn timed_with<R>(clock: &impl Clock, work: impl FnOnce() -> R) -> (R, Duration) {
    let start = clock.now();
    let result = work();
    (result, clock.now().saturating_sub(start))
}

/// Runs `work` once and measures it with the machine's clock.
///
/// One call of a quick function is below what the clock can tell apart; then
/// time many calls at once, as criterion does.
pub fn timed<R>(work: impl FnOnce() -> R) -> (R, Duration) {
    timed_with(&MonotonicClock::new(), work)
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

impl fmt::Display for LawError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fraction(given) => {
                write!(formatter, "the fraction is {given}, it must be between 0 and 1")
            }
            Self::Time(given) => {
                write!(formatter, "the time is {given} s, it must be finite and greater than 0")
            }
            Self::Speedup(given) => {
                write!(formatter, "the speedup is {given}, it must be finite and greater than 0")
            }
            Self::Workers { given, least } => {
                write!(formatter, "there are {given} workers, it takes at least {least}")
            }
        }
    }
}

impl std::error::Error for LawError {}

/// The sequential time divided by the parallel one.
pub fn speedup(sequential: f64, parallel: f64) -> Result<f64, LawError> {
    Ok(positive(sequential, LawError::Time)? / positive(parallel, LawError::Time)?)
}

/// The speedup divided by the number of workers.
pub fn efficiency(speedup: f64, workers: usize) -> Result<f64, LawError> {
    Ok(positive(speedup, LawError::Speedup)? / at_least(1, workers)?)
}

/// Amdahl's law.
///
/// The work is fixed and so is its sequential part: that part's time is what
/// remains when workers cost nothing.
pub fn amdahl(parallel: f64, workers: usize) -> Result<f64, LawError> {
    let parallel = fraction(parallel)?;
    Ok(1.0 / ((1.0 - parallel) + parallel / at_least(1, workers)?))
}

/// Gustafson's law.
///
/// The time is fixed and the work grows: the more optimistic of the two, and
/// the right one where more workers are bought to solve larger problems.
pub fn gustafson(parallel: f64, workers: usize) -> Result<f64, LawError> {
    let parallel = fraction(parallel)?;
    Ok((1.0 - parallel) + parallel * at_least(1, workers)?)
}

/// The Karp-Flatt metric.
pub fn karp_flatt(speedup: f64, workers: usize) -> Result<f64, LawError> {
    let speedup = positive(speedup, LawError::Speedup)?;
    let workers = at_least(2, workers)?;
    Ok((1.0 / speedup - 1.0 / workers) / (1.0 - 1.0 / workers))
}

/// Asks for what is allowed, so that NaN, for which every comparison is
/// false, is refused as well.
fn fraction(value: f64) -> Result<f64, LawError> {
    if (0.0..=1.0).contains(&value) { Ok(value) } else { Err(LawError::Fraction(value)) }
}

fn positive(value: f64, error: fn(f64) -> LawError) -> Result<f64, LawError> {
    if value > 0.0 && value.is_finite() { Ok(value) } else { Err(error(value)) }
}

/// The number of workers, as the number that the laws calculate with.
fn at_least(least: usize, given: usize) -> Result<f64, LawError> {
    if given < least { Err(LawError::Workers { given, least }) } else { Ok(given as f64) }
}
