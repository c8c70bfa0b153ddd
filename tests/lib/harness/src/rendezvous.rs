//! A meeting that only N simultaneous workers can pass.

use std::collections::HashSet;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread::ThreadId;

use crate::{PATIENCE, fail};

/// Proves that N jobs run at the same time: each waits until all have come.
///
/// Where they do not come within [`PATIENCE`], everybody goes on and
/// [`assert_met`](Rendezvous::assert_met) tells what happened instead.
#[derive(Debug)]
pub struct Rendezvous {
    parties: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    arrivals: usize,
    here: usize,
    most: usize,
    met: bool,
    gave_up: bool,
    threads: HashSet<ThreadId>,
}

impl Rendezvous {
    /// A meeting of `parties` jobs.
    #[must_use]
    pub fn new(parties: usize) -> Self {
        Self { parties, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Called by a job: waits for the others. Once they have met, later jobs
    /// pass at once.
    pub fn meet(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.arrivals += 1;
        state.threads.insert(std::thread::current().id());
        state.here += 1;
        state.most = state.most.max(state.here);
        if state.here == self.parties {
            state.met = true;
            self.changed.notify_all();
        }
        let (mut state, timeout) = self
            .changed
            .wait_timeout_while(state, PATIENCE, |state| !state.met && !state.gave_up)
            .unwrap_or_else(PoisonError::into_inner);
        if timeout.timed_out() {
            state.gave_up = true;
            self.changed.notify_all();
        }
        state.here -= 1;
    }

    /// Ends the check unless all parties were there at the same time; the
    /// message says how many were, and on how many threads.
    ///
    /// # Panics
    /// When they never met.
    #[track_caller]
    pub fn assert_met(&self) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.met {
            return;
        }
        let State { arrivals, most, .. } = *state;
        let how = match state.threads.len() {
            0 => "no job was run at all".to_owned(),
            1 => format!("all {arrivals} jobs ran one after another on one thread"),
            threads => format!(
                "the {arrivals} jobs ran on {threads} threads, never more than {most} together"
            ),
        };
        fail(format!(
            "expected {} jobs to run at the same time, but at most {most} did: {how}.",
            self.parties
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::Rendezvous;

    #[test]
    fn simultaneous_jobs_meet() {
        let rendezvous = Rendezvous::new(4);
        std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(|| rendezvous.meet()))));
        rendezvous.assert_met();
        rendezvous.meet();
    }

    #[test]
    fn jobs_in_a_row_are_told_so() {
        let rendezvous = Rendezvous::new(4);
        (0..4).for_each(|_| rendezvous.meet());
        let panic =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| rendezvous.assert_met()));
        let message = *panic.unwrap_err().downcast::<String>().unwrap();
        assert!(message.contains("all 4 jobs ran one after another on one thread"), "{message}");
    }
}
