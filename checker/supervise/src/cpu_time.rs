//! The CPU time of a call, on its own thread and on all others.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Part of the CPU time that other threads may take: a harness that waits, a
/// runtime that wakes up.
const OTHERS: f64 = 0.1;

/// CPU time that was used during a call. Unlike the clock on the wall it does
/// not depend on what else the machine does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CpuTime {
    /// On the thread that made the call.
    pub own: Duration,
    /// On all threads of the process, those that have ended included.
    pub process: Duration,
}

impl CpuTime {
    /// Makes a call and returns its result with the CPU time.
    pub fn of<R>(call: impl FnOnce() -> R) -> (R, Self) {
        let start = Self::now();
        let result = call();
        let end = Self::now();
        let time = Self {
            own: end.own.saturating_sub(start.own),
            process: end.process.saturating_sub(start.process),
        };
        (result, time)
    }

    fn now() -> Self {
        // A clock that shows less than zero does not exist.
        let read = |clock| Duration::try_from(clock_gettime(clock)).unwrap_or_default();
        Self { own: read(ClockId::ThreadCPUTime), process: read(ClockId::ProcessCPUTime) }
    }

    /// Which part of the time was used by other threads, 0 to 1.
    #[must_use]
    pub fn others_share(self) -> f64 {
        let others = self.process.saturating_sub(self.own);
        if self.process.is_zero() { 0.0 } else { others.div_duration_f64(self.process) }
    }

    /// Whether the work was done on the thread that made the call.
    #[must_use]
    pub fn is_of_one_thread(self) -> bool {
        self.others_share() <= OTHERS
    }
}

#[cfg(test)]
mod tests {
    use super::CpuTime;

    fn work() -> u64 {
        (0..20_000_000_u64).fold(1, |sum, n| std::hint::black_box(sum ^ n))
    }

    #[test]
    fn work_on_another_thread_is_seen_although_the_thread_has_ended() {
        let (_, time) = CpuTime::of(|| std::thread::spawn(work).join().unwrap());
        assert!(!time.is_of_one_thread(), "{time:?}");
        let (_, time) = CpuTime::of(|| std::thread::scope(|_| work()));
        // Other tests of this process may run beside it.
        assert!(time.own > time.process / 20, "{time:?}");
    }
}
