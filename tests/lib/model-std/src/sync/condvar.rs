//! A condition variable whose waits can time out.

use super::{LockResult, MutexGuard, PoisonError};
use crate::engine::{coin, waiting};
use crate::time::{Duration, Instant};

/// A condition variable.
#[derive(Debug, Default)]
pub struct Condvar(shuttle::sync::Condvar);

/// Whether a wait ended because its time was up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// Whether it did.
    #[must_use]
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

type TimedGuard<'a, T> = (MutexGuard<'a, T>, WaitTimeoutResult);

impl Condvar {
    /// A condition variable that nobody waits for.
    #[must_use]
    pub const fn new() -> Self {
        Self(shuttle::sync::Condvar::new())
    }

    /// Gives the lock back and waits to be notified.
    ///
    /// # Errors
    /// When a thread panicked while it had the lock.
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        self.wait_for(guard, "to be notified through a Condvar")
    }

    /// As [`wait`](Self::wait), with other words for what is waited for.
    pub(super) fn wait_for<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        what: &'static str,
    ) -> LockResult<MutexGuard<'a, T>> {
        guard.with_inner(|inner| waiting(what, || self.0.wait(inner)))
    }

    /// Waits as long as `condition` holds.
    ///
    /// # Errors
    /// When a thread panicked while it had the lock.
    pub fn wait_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<MutexGuard<'a, T>> {
        while condition(&mut guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// Waits for a notification or for the time to be up.
    ///
    /// A wait may also end for no reason. So it does here, in place of every
    /// notification: what a program may rely on is its condition alone.
    ///
    /// # Errors
    /// When a thread panicked while it had the lock.
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        duration: Duration,
    ) -> LockResult<TimedGuard<'a, T>> {
        let end = Instant::now() + duration;
        let relocked = guard.nap();
        let timed_out = WaitTimeoutResult(coin());
        if timed_out.0 {
            end.wait();
        }
        match relocked {
            Ok(guard) => Ok((guard, timed_out)),
            Err(poisoned) => Err(PoisonError::new((poisoned.into_inner(), timed_out))),
        }
    }

    /// Waits as long as `condition` holds, or for the time to be up.
    ///
    /// # Errors
    /// When a thread panicked while it had the lock.
    pub fn wait_timeout_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        duration: Duration,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<TimedGuard<'a, T>> {
        let end = Instant::now() + duration;
        loop {
            if !condition(&mut guard) {
                return Ok((guard, WaitTimeoutResult(false)));
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok((guard, WaitTimeoutResult(true)));
            }
            guard = self.wait_timeout(guard, left)?.0;
        }
    }

    /// Wakes one that waits.
    pub fn notify_one(&self) {
        self.0.notify_one();
    }

    /// Wakes all that wait.
    pub fn notify_all(&self) {
        self.0.notify_all();
    }
}
