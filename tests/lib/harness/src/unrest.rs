//! What the threads of this process do while all of them should sleep.

use std::sync::mpsc::channel;
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike};

/// What was done in a while in which there was nothing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unrest {
    /// How often a thread has gone to sleep again; whoever polls wakes up for that.
    pub wakes: u64,
    /// The CPU time of all threads; whoever spins uses it up.
    pub cpu: Duration,
}

impl Unrest {
    /// How long it is watched at a time.
    const WHILE: Duration = Duration::from_millis(200);

    /// A thread that is only just beginning may go to sleep once or twice.
    const WAKES: u64 = 8;

    /// Watches while the caller sleeps, several times where others do not: only
    /// what never rests is unrest.
    ///
    /// Nothing depends on how long that takes. A slow machine makes threads
    /// wake up later and never more often.
    #[must_use]
    pub fn of_this_process() -> Self {
        let mut last = Self::of_a_while();
        for _ in 0..2 {
            if last.is_rest() {
                break;
            }
            last = Self::of_a_while();
        }
        last
    }

    /// Whether there was no more than a thread or two that had not yet come to rest.
    #[must_use]
    pub fn is_rest(self) -> bool {
        self.wakes <= Self::WAKES && self.cpu <= Self::WHILE / 4
    }

    fn of_a_while() -> Self {
        let (_open, nothing) = channel::<()>();
        let before = Self::so_far();
        let _ = nothing.recv_timeout(Self::WHILE);
        let after = Self::so_far();
        Self {
            wakes: after.wakes.saturating_sub(before.wakes),
            cpu: after.cpu.saturating_sub(before.cpu),
        }
    }

    fn so_far() -> Self {
        // The system knows this process.
        let usage = getrusage(UsageWho::RUSAGE_SELF).expect("the usage of this process");
        let time = |time: TimeVal| {
            Duration::from_micros(u64::try_from(time.num_microseconds()).unwrap_or_default())
        };
        Self {
            wakes: u64::try_from(usage.voluntary_context_switches()).unwrap_or_default(),
            cpu: time(usage.user_time()) + time(usage.system_time()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use super::Unrest;

    fn beside(work: impl Fn() + Sync) -> Unrest {
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !over.load(Ordering::SeqCst) {
                    work();
                }
            });
            let unrest = Unrest::of_this_process();
            over.store(true, Ordering::SeqCst);
            unrest
        })
    }

    #[test]
    fn a_thread_that_polls_or_spins_is_seen() {
        let polls = beside(|| std::thread::park_timeout(Duration::from_millis(1)));
        assert!(!polls.is_rest(), "{polls:?}");
        let spins = beside(std::thread::yield_now);
        assert!(!spins.is_rest(), "{spins:?}");
    }
}
