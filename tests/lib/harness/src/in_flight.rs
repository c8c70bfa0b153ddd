//! Counts how many jobs run at the same time.

use std::sync::atomic::{AtomicUsize, Ordering};

/// A counter of jobs that have started and not ended.
///
/// All orderings are `SeqCst`: the figures are compared across threads, and a
/// test has no need of the cheaper ones.
#[derive(Debug, Default)]
pub struct InFlight {
    now: AtomicUsize,
    peak: AtomicUsize,
    started: AtomicUsize,
}

/// A job in flight; dropping it ends the job.
#[derive(Debug)]
pub struct Job<'a>(&'a InFlight);

impl InFlight {
    /// A counter at zero.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts a job, until the returned guard is dropped.
    pub fn enter(&self) -> Job<'_> {
        self.started.fetch_add(1, Ordering::SeqCst);
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.peak.fetch_max(now, Ordering::SeqCst);
        Job(self)
    }

    /// Most jobs that were in flight together.
    #[must_use]
    pub fn peak(&self) -> usize {
        self.peak.load(Ordering::SeqCst)
    }

    /// Jobs started so far.
    #[must_use]
    pub fn started(&self) -> usize {
        self.started.load(Ordering::SeqCst)
    }

    /// Jobs in flight now.
    #[must_use]
    pub fn now(&self) -> usize {
        self.now.load(Ordering::SeqCst)
    }
}

impl Drop for Job<'_> {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::InFlight;

    #[test]
    fn the_peak_is_the_most_at_once() {
        let jobs = InFlight::new();
        let first = jobs.enter();
        drop(jobs.enter());
        drop(first);
        drop(jobs.enter());
        assert_eq!((jobs.peak(), jobs.started(), jobs.now()), (2, 3, 0));
    }
}
