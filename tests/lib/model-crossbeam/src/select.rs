//! `crossbeam::channel::Select`: waiting for several channels at once.
//!
//! It looks again and again instead of waiting, so a selection that waits for
//! ever is told as a program that never ends, and not as a deadlock.

use crossbeam::channel::{
    ReadyTimeoutError, RecvError, SelectTimeoutError, SendError, TryReadyError, TrySelectError,
};
use model_std::engine::coin;
use model_std::sync::channel::{Patience, Unsent};
use model_std::thread::yield_now;
use model_std::time::{Duration, Instant};

use crate::channel::{Receiver, Sender};

/// Several operations, of which one is to be done.
#[derive(Default)]
pub struct Select<'a> {
    operations: Vec<Option<IsReady<'a>>>,
}

/// Tells whether an operation can be done now, and promises it if asked to.
type IsReady<'a> = Box<dyn Fn(bool) -> bool + 'a>;

/// The operation that was chosen; it does not wait any more.
#[derive(Debug)]
pub struct SelectedOperation {
    index: usize,
}

impl<'a> Select<'a> {
    /// No operations.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn add(&mut self, is_ready: impl Fn(bool) -> bool + 'a) -> usize {
        self.operations.push(Some(Box::new(is_ready)));
        self.operations.len() - 1
    }

    /// Adds receiving, and gives its number.
    pub fn recv<T>(&mut self, receiver: &'a Receiver<T>) -> usize {
        self.add(move |keep| receiver.0.is_ready(keep))
    }

    /// Adds sending, and gives its number.
    pub fn send<T>(&mut self, sender: &'a Sender<T>) -> usize {
        self.add(move |_| sender.0.is_ready())
    }

    /// Takes an operation out.
    pub fn remove(&mut self, index: usize) {
        self.operations[index] = None;
    }

    /// Looks at every operation once, in a circle that begins anywhere.
    fn look(&self, keep: bool) -> Option<usize> {
        let mut order: Vec<usize> = (0..self.operations.len()).collect();
        if coin() {
            order.reverse();
        }
        order
            .into_iter()
            .find(|&index| self.operations[index].as_ref().is_some_and(|is_ready| is_ready(keep)))
    }

    fn find(&self, keep: bool, end: Option<Instant>) -> Option<usize> {
        loop {
            if let Some(index) = self.look(keep) {
                return Some(index);
            }
            if let Some(end) = end {
                if Instant::now() >= end {
                    return None;
                }
                if coin() {
                    end.wait();
                }
            }
            yield_now();
        }
    }

    /// Waits for an operation that can be done.
    pub fn select(&mut self) -> SelectedOperation {
        let index = self.find(true, None).unwrap_or_default();
        SelectedOperation { index }
    }

    /// An operation that can be done now.
    ///
    /// # Errors
    /// When there is none.
    pub fn try_select(&mut self) -> Result<SelectedOperation, TrySelectError> {
        self.look(true).map(|index| SelectedOperation { index }).ok_or(TrySelectError)
    }

    /// Waits a while for an operation that can be done.
    ///
    /// # Errors
    /// When there was none in time.
    pub fn select_timeout(
        &mut self,
        timeout: Duration,
    ) -> Result<SelectedOperation, SelectTimeoutError> {
        let index = self.find(true, Some(Instant::now() + timeout));
        index.map(|index| SelectedOperation { index }).ok_or(SelectTimeoutError)
    }

    /// Waits until an operation can be done, and gives its number.
    pub fn ready(&mut self) -> usize {
        self.find(false, None).unwrap_or_default()
    }

    /// The number of an operation that can be done now.
    ///
    /// # Errors
    /// When there is none.
    pub fn try_ready(&mut self) -> Result<usize, TryReadyError> {
        self.look(false).ok_or(TryReadyError)
    }

    /// Waits a while until an operation can be done, and gives its number.
    ///
    /// # Errors
    /// When there was none in time.
    pub fn ready_timeout(&mut self, timeout: Duration) -> Result<usize, ReadyTimeoutError> {
        self.find(false, Some(Instant::now() + timeout)).ok_or(ReadyTimeoutError)
    }
}

impl SelectedOperation {
    /// Its number.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Receives.
    ///
    /// # Errors
    /// When all senders are gone and nothing is left.
    pub fn recv<T>(self, receiver: &Receiver<T>) -> Result<T, RecvError> {
        receiver.0.take_promised().map_err(|_| RecvError)
    }

    /// Sends; waits again, other than the real one, if another was quicker.
    ///
    /// # Errors
    /// When all receivers are gone.
    pub fn send<T>(self, sender: &Sender<T>, message: T) -> Result<(), SendError<T>> {
        sender.0.send(message, Patience::Endless).map_err(|unsent| match unsent {
            Unsent::Full(message) | Unsent::Disconnected(message) => SendError(message),
        })
    }
}
