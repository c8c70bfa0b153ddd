//! How many threads this process has.

use course::fault::needed;

use crate::PATIENCE;

/// Threads of this process now, as the system counts them.
///
/// # Panics
/// Where the system does not tell (it does on Linux).
#[must_use]
pub fn threads_now() -> usize {
    needed(std::fs::read_dir("/proc/self/task"), "the threads of this process").count()
}

/// Waits until this process has at most `most` threads. Returns whether it
/// came to that in time.
///
/// A joined thread leaves the system's list a moment after `join` returns, so
/// the list is read again until it is right; only a leaked thread takes the
/// whole of [`PATIENCE`].
#[must_use]
pub fn wait_for_threads(most: usize) -> bool {
    let deadline = std::time::Instant::now() + PATIENCE;
    while threads_now() > most {
        if std::time::Instant::now() > deadline {
            return false;
        }
        std::thread::yield_now();
    }
    true
}
