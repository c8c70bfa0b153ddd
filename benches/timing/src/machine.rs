//! What the machine offers, and what it takes away while measuring.

use std::time::Duration;

/// Threads that a question may be timed with: what the system offers this
/// process (affinity and CPU quota counted), at most `max`.
#[must_use]
pub fn offered_threads(max: usize) -> usize {
    supervise::cores().min(max)
}

/// Counters of lost CPU time since boot.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Lost {
    /// Taken by the hypervisor, over all cores.
    pub stolen: Duration,
    /// Times that the cgroup's CPU quota froze its processes.
    pub throttled: u64,
}

impl Lost {
    /// Reads the counters; what the system does not tell counts as zero.
    pub(crate) fn now() -> Self {
        Self { stolen: stolen().unwrap_or_default(), throttled: throttled().unwrap_or_default() }
    }

    pub(crate) fn since(self, earlier: Self) -> Self {
        Self {
            stolen: self.stolen.saturating_sub(earlier.stolen),
            throttled: self.throttled.saturating_sub(earlier.throttled),
        }
    }
}

/// The eighth figure of the `cpu` line, in ticks of a hundredth of a second.
fn stolen() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/stat").ok()?;
    let ticks: u64 = stat.lines().next()?.split_whitespace().nth(8)?.parse().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

/// `nr_throttled` of this process's cgroup (version 2).
fn throttled() -> Option<u64> {
    let own = std::fs::read_to_string("/proc/self/cgroup").ok()?;
    let path = own.lines().find_map(|line| line.strip_prefix("0::"))?;
    let stat = std::fs::read_to_string(format!("/sys/fs/cgroup{path}/cpu.stat")).ok()?;
    stat.lines().find_map(|line| line.strip_prefix("nr_throttled "))?.trim().parse().ok()
}
