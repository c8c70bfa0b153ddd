//! A gate that processes wait at.

use std::io::Read;
use std::net::TcpStream;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use course::fault::needed;

use crate::PATIENCE;

/// Holds processes back until [`open`](ProcessGate::open) is called: the
/// [`Gate`](crate::Gate) for processes.
///
/// A process comes to it with [`pass_gate`], a connection on the machine's own
/// network. It goes on when the gate is opened or dropped, so that it never
/// outlives the check for long.
#[derive(Debug)]
pub struct ProcessGate {
    address: String,
    state: Arc<(Mutex<State>, Condvar)>,
}

#[derive(Debug, Default)]
struct State {
    open: bool,
    dropped: bool,
    arrived: usize,
    waiting: Vec<TcpStream>,
}

impl ProcessGate {
    /// A closed gate.
    ///
    /// # Panics
    /// When the machine has no network of its own.
    #[must_use]
    pub fn new() -> Self {
        let listener = needed(supervise::loopback::listen(), "a port of the machine's own network");
        let address = needed(listener.local_addr(), "the address of that port").to_string();
        // Where that network is down one may listen, but nobody can come.
        needed(TcpStream::connect(&address), "the machine's own network");
        needed(listener.accept(), "the machine's own network");
        let state = Arc::<(Mutex<State>, Condvar)>::default();
        let gate = Self { address, state: Arc::clone(&state) };
        std::thread::spawn(move || {
            for visitor in listener.incoming().flatten() {
                let mut now = state.0.lock().unwrap_or_else(PoisonError::into_inner);
                if now.dropped {
                    break;
                }
                now.arrived += 1;
                if !now.open {
                    now.waiting.push(visitor);
                }
                state.1.notify_all();
            }
        });
        gate
    }

    /// What a process needs to find this gate, for [`pass_gate`].
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Lets everybody through, now and later.
    pub fn open(&self) {
        let mut state = self.lock();
        state.open = true;
        // Closing the connection is the sign.
        state.waiting.clear();
    }

    /// Waits until `processes` have come, in all, or `otherwise` holds; or
    /// until [`PATIENCE`] is over. Returns whether they came.
    pub fn wait_for_arrivals(&self, processes: usize, otherwise: impl FnMut() -> bool) -> bool {
        let (deadline, mut otherwise) = (Instant::now() + PATIENCE, otherwise);
        let mut state = self.lock();
        while state.arrived < processes && Instant::now() < deadline {
            // What else may hold tells nobody, so it is looked at now and then.
            (state, _) = self
                .state
                .1
                .wait_timeout(state, Duration::from_millis(2))
                .unwrap_or_else(PoisonError::into_inner);
            if otherwise() {
                break;
            }
        }
        state.arrived >= processes
    }

    /// How many processes have come so far.
    #[must_use]
    pub fn arrived(&self) -> usize {
        self.lock().arrived
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for ProcessGate {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for ProcessGate {
    fn drop(&mut self) {
        self.open();
        self.lock().dropped = true;
        // Wakes the thread that takes connections, so that it ends.
        drop(TcpStream::connect(&self.address));
    }
}

/// Waits at the gate with this address until it is open. A gate that has gone
/// is open.
pub fn pass_gate(address: &str) {
    if let Ok(mut connection) = TcpStream::connect(address) {
        let _ = connection.read(&mut [0]);
    }
}

#[cfg(test)]
mod tests {
    use super::{ProcessGate, pass_gate};

    #[test]
    fn visitors_wait_until_the_gate_opens_and_later_ones_pass() {
        let gate = ProcessGate::new();
        std::thread::scope(|scope| {
            let visitors = [(); 3].map(|()| scope.spawn(|| pass_gate(gate.address())));
            assert!(gate.wait_for_arrivals(3, || false));
            assert!(visitors.iter().all(|visitor| !visitor.is_finished()));
            gate.open();
        });
        pass_gate(gate.address());
        assert_eq!(gate.arrived(), 4);
        let address = gate.address().to_owned();
        drop(gate);
        pass_gate(&address);
    }
}
