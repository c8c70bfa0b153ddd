//! A gate that jobs wait at until the test opens it.

use std::sync::{Condvar, Mutex, PoisonError};

use crate::PATIENCE;

/// Holds threads back until [`open`](Gate::open) is called.
///
/// A thread that has waited for [`PATIENCE`] goes on, and the gate remembers
/// it, so that a wrong submission ends with a message instead of a hang.
#[derive(Debug, Default)]
pub struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    open: bool,
    gave_up: bool,
    waiting: usize,
}

impl Gate {
    /// A closed gate.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets everybody through, now and later.
    pub fn open(&self) {
        self.lock().open = true;
        self.changed.notify_all();
    }

    /// Waits until the gate is open. Returns whether it was opened in time.
    pub fn wait(&self) -> bool {
        let mut state = self.lock();
        state.waiting += 1;
        self.changed.notify_all();
        let (mut state, _) = self
            .changed
            .wait_timeout_while(state, PATIENCE, |state| !state.open && !state.gave_up)
            .unwrap_or_else(PoisonError::into_inner);
        state.waiting -= 1;
        if !state.open {
            // One that gave up frees the others too: the test has failed.
            state.gave_up = true;
            self.changed.notify_all();
        }
        state.open
    }

    /// Waits until `threads` threads stand at the gate. Returns whether they
    /// came in time.
    pub fn wait_for_waiters(&self, threads: usize) -> bool {
        let (state, _) = self
            .changed
            .wait_timeout_while(self.lock(), PATIENCE, |state| {
                state.waiting < threads && !state.gave_up
            })
            .unwrap_or_else(PoisonError::into_inner);
        state.waiting >= threads
    }

    /// Whether a thread gave up waiting.
    #[must_use]
    pub fn gave_up(&self) -> bool {
        self.lock().gave_up
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Gate;

    #[test]
    fn waiting_threads_pass_once_the_gate_is_open() {
        let gate = Gate::new();
        std::thread::scope(|scope| {
            let waiter = scope.spawn(|| gate.wait());
            assert!(gate.wait_for_waiters(1));
            gate.open();
            assert!(waiter.join().unwrap());
        });
        assert!(gate.wait() && !gate.gave_up());
    }

    #[test]
    fn a_gate_that_nobody_opens_lets_go_and_remembers() {
        let gate = Gate::new();
        assert!(!gate.wait());
        assert!(gate.gave_up());
    }
}
