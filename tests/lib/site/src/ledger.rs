//! The site's books: who is being served, and when each request came.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

/// One request, as the site saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The path that was asked for.
    pub path: String,
    /// When its head had been read.
    pub at: Instant,
}

/// The books, shared by the server's thread and the test's.
#[derive(Debug)]
pub(crate) struct Ledger {
    state: Mutex<State>,
    changed: Condvar,
    held: watch::Sender<bool>,
    requests: watch::Sender<usize>,
}

#[derive(Debug, Default)]
struct State {
    now: usize,
    peak: usize,
    arrivals: Vec<Arrival>,
}

/// A request in flight; dropping it ends the request.
#[derive(Debug)]
pub(crate) struct Visit(Arc<Ledger>);

impl Ledger {
    pub fn new() -> Self {
        Self {
            state: Mutex::default(),
            changed: Condvar::new(),
            held: watch::Sender::new(false),
            requests: watch::Sender::new(0),
        }
    }

    /// Writes an arrival down. Returns the request, and how many there were
    /// for the same path before.
    pub fn arrive(self: &Arc<Self>, path: &str) -> (Visit, usize) {
        let mut state = self.lock();
        let before = state.arrivals.iter().filter(|arrival| arrival.path == path).count();
        state.arrivals.push(Arrival { path: path.to_owned(), at: Instant::now() });
        state.now += 1;
        state.peak = state.peak.max(state.now);
        self.changed.notify_all();
        self.requests.send_replace(state.arrivals.len());
        (Visit(Arc::clone(self)), before)
    }

    /// Waits until no answer is held back.
    pub async fn pass(&self) {
        // The sender lives as long as the ledger, so this cannot fail.
        let _ = self.held.subscribe().wait_for(|held| !held).await;
    }

    /// Waits until so many requests have come in all.
    pub async fn have_come(&self, requests: usize) {
        let _ = self.requests.subscribe().wait_for(|come| *come >= requests).await;
    }

    pub fn hold(&self, held: bool) {
        self.held.send_replace(held);
    }

    pub fn in_flight(&self) -> usize {
        self.lock().now
    }

    pub fn peak(&self) -> usize {
        self.lock().peak
    }

    pub fn arrivals(&self) -> Vec<Arrival> {
        self.lock().arrivals.clone()
    }

    /// Waits until `wanted` requests are in flight, and not longer than
    /// `patience`. Returns how many there were.
    pub fn wait_for(&self, wanted: usize, patience: Duration) -> usize {
        let (state, _) = self
            .changed
            .wait_timeout_while(self.lock(), patience, |state| state.now < wanted)
            .unwrap_or_else(PoisonError::into_inner);
        state.now
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.0.lock().now -= 1;
    }
}
