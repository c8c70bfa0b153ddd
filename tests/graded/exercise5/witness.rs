//! What the checks of question 5.1 see of its threads and its progress.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::ThreadId;
use std::time::Instant;

use harness::PATIENCE;

/// The threads on which one stage was seen.
#[derive(Clone, Default)]
pub struct Seen(Arc<Mutex<HashSet<ThreadId>>>);

impl Seen {
    /// Notes the thread that this is called on.
    pub fn here(&self) {
        let thread = std::thread::current().id();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(thread);
    }

    /// All threads noted so far.
    pub fn threads(&self) -> HashSet<ThreadId> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Waits until `shown`, but no longer than for a gate.
pub fn comes_true(shown: impl Fn() -> bool) -> bool {
    let since = Instant::now();
    while !shown() && since.elapsed() < PATIENCE {
        std::thread::yield_now();
    }
    shown()
}
