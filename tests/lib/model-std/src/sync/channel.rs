//! The queue behind all channels of the model, with its two counted ends.

use std::collections::VecDeque;
use std::sync::{Arc, PoisonError};

use super::{Condvar, Mutex, MutexGuard};
use crate::engine::coin;
use crate::time::Instant;

/// Why something could not be sent; it is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsent<T> {
    /// There was no place for it.
    Full(T),
    /// Nobody can receive it any more.
    Disconnected(T),
}

/// Why nothing was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreceived {
    /// There was nothing.
    Empty,
    /// Nobody can send any more, and nothing is left.
    Disconnected,
}

/// How long somebody is ready to wait.
#[derive(Debug, Clone, Copy)]
pub enum Patience {
    /// Not at all.
    None,
    /// Until then.
    Until(Instant),
    /// For ever.
    Endless,
}

/// A sending end.
#[derive(Debug)]
pub struct Source<T>(Arc<Queue<T>>);

/// A receiving end.
#[derive(Debug)]
pub struct Sink<T>(Arc<Queue<T>>);

/// The two ends of a new queue; at capacity 0 they meet.
#[must_use]
pub fn queue<T>(capacity: Option<usize>) -> (Source<T>, Sink<T>) {
    let state =
        State { messages: VecDeque::new(), sent: 0, sources: 1, sinks: 1, idle: 0, promised: 0 };
    let queue = Arc::new(Queue { capacity, state: Mutex::new(state), changed: Condvar::new() });
    (Source(Arc::clone(&queue)), Sink(queue))
}

#[derive(Debug)]
struct Queue<T> {
    capacity: Option<usize>,
    state: Mutex<State<T>>,
    /// Told whenever anything of the state has changed.
    changed: Condvar,
}

#[derive(Debug)]
struct State<T> {
    messages: VecDeque<(u64, T)>,
    sent: u64,
    sources: usize,
    sinks: usize,
    /// Receivers that wait.
    idle: usize,
    /// Messages that a selection has promised to somebody.
    promised: usize,
}

type Guard<'a, T> = MutexGuard<'a, State<T>>;

impl<T> Queue<T> {
    fn lock(&self) -> Guard<'_, T> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a change; `None` when the time is up.
    fn wait<'a>(
        &'a self,
        state: Guard<'a, T>,
        patience: Patience,
        what: &'static str,
    ) -> (Guard<'a, T>, bool) {
        match patience {
            Patience::None => (state, false),
            Patience::Endless => {
                (self.changed.wait_for(state, what).unwrap_or_else(PoisonError::into_inner), true)
            }
            Patience::Until(end) => {
                drop(state);
                crate::thread::yield_now();
                let is_up = Instant::now() >= end || coin();
                if is_up {
                    end.wait();
                }
                (self.lock(), !is_up)
            }
        }
    }
}

impl<T> Source<T> {
    /// Sends a message as soon as there is a place for it.
    ///
    /// # Errors
    /// When there was none in time, or all receivers are gone.
    pub fn send(&self, message: T, patience: Patience) -> Result<(), Unsent<T>> {
        const WHAT: &str = "to send through a full channel";
        let queue = &self.0;
        let mut state = queue.lock();
        loop {
            if state.sinks == 0 {
                return Err(Unsent::Disconnected(message));
            }
            let room = match queue.capacity {
                None => true,
                // Where nobody waits for it, a message is offered, and its
                // sender stays with it until it is taken.
                Some(0) => state.idle > state.messages.len() || !matches!(patience, Patience::None),
                Some(capacity) => state.messages.len() < capacity,
            };
            if room {
                break;
            }
            let goes_on;
            (state, goes_on) = queue.wait(state, patience, WHAT);
            if !goes_on {
                return Err(Unsent::Full(message));
            }
        }
        let number = state.sent;
        state.sent += 1;
        state.messages.push_back((number, message));
        queue.changed.notify_all();
        if queue.capacity != Some(0) || matches!(patience, Patience::None) {
            return Ok(());
        }
        loop {
            let place = state.messages.iter().position(|(other, _)| *other == number);
            let Some(place) = place else { return Ok(()) };
            if state.sinks == 0
                && let Some((_, message)) = state.messages.remove(place)
            {
                return Err(Unsent::Disconnected(message));
            }
            let goes_on;
            (state, goes_on) = queue.wait(state, patience, WHAT);
            let place = state.messages.iter().position(|(other, _)| *other == number);
            if !goes_on
                && let Some((_, message)) = place.and_then(|place| state.messages.remove(place))
            {
                return Err(Unsent::Full(message));
            }
        }
    }

    /// Whether [`send`](Self::send) would not wait now.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        let state = self.0.lock();
        state.sinks == 0
            || match self.0.capacity {
                None => true,
                Some(0) => state.idle > state.messages.len(),
                Some(capacity) => state.messages.len() < capacity,
            }
    }

    /// Messages that wait, and how many can.
    #[must_use]
    pub fn length(&self) -> (usize, Option<usize>) {
        (self.0.lock().messages.len(), self.0.capacity)
    }

    /// Whether both are ends of one queue.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Sink<T> {
    /// Receives the oldest message as soon as there is one.
    ///
    /// # Errors
    /// When there was none in time, or all senders are gone.
    pub fn receive(&self, patience: Patience) -> Result<T, Unreceived> {
        let queue = &self.0;
        let mut state = queue.lock();
        loop {
            let is_free = state.messages.len() > state.promised;
            if let Some((_, message)) = is_free.then(|| state.messages.pop_front()).flatten() {
                queue.changed.notify_all();
                return Ok(message);
            }
            if state.sources == 0 && state.messages.is_empty() {
                return Err(Unreceived::Disconnected);
            }
            let goes_on;
            state.idle += 1;
            (state, goes_on) = queue.wait(state, patience, "for a message from a channel");
            state.idle -= 1;
            if !goes_on && state.messages.len() <= state.promised && state.sources > 0 {
                return Err(Unreceived::Empty);
            }
        }
    }

    /// Whether [`receive`](Self::receive) would not wait now. With `keep`, a
    /// message that is there is promised to the caller, who then takes it with
    /// [`take_promised`](Self::take_promised).
    #[must_use]
    pub fn is_ready(&self, keep: bool) -> bool {
        let mut state = self.0.lock();
        let is_there = state.messages.len() > state.promised;
        state.promised += usize::from(is_there && keep);
        is_there || (state.sources == 0 && state.messages.is_empty())
    }

    /// What was promised.
    ///
    /// # Errors
    /// When all senders are gone and nothing is left.
    pub fn take_promised(&self) -> Result<T, Unreceived> {
        let mut state = self.0.lock();
        state.promised = state.promised.saturating_sub(1);
        let message = state.messages.pop_front();
        self.0.changed.notify_all();
        message.map(|(_, message)| message).ok_or(Unreceived::Disconnected)
    }

    /// Messages that wait, and how many can.
    #[must_use]
    pub fn length(&self) -> (usize, Option<usize>) {
        (self.0.lock().messages.len(), self.0.capacity)
    }

    /// Whether both are ends of one queue.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Clone for Source<T> {
    fn clone(&self) -> Self {
        self.0.lock().sources += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Clone for Sink<T> {
    fn clone(&self) -> Self {
        self.0.lock().sinks += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Drop for Source<T> {
    fn drop(&mut self) {
        self.0.lock().sources -= 1;
        self.0.changed.notify_all();
    }
}

impl<T> Drop for Sink<T> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.sinks -= 1;
        // As in the real channels, the last receiver throws the rest away.
        let rest = if state.sinks == 0 && self.0.capacity != Some(0) {
            std::mem::take(&mut state.messages)
        } else {
            VecDeque::new()
        };
        drop(state);
        drop(rest);
        self.0.changed.notify_all();
    }
}
