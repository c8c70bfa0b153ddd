//! What the checks of question 5.1 see of its threads.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::ThreadId;

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
