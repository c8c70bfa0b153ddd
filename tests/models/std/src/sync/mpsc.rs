//! `std::sync::mpsc` in the model.

pub use std::sync::mpsc::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};

use std::marker::PhantomData;

use super::channel::{Patience, Sink, Source, Unreceived, Unsent, queue};
use crate::time::{Duration, Instant};

/// A channel without a bound.
#[must_use]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let (source, sink) = queue(None);
    (Sender(source), Receiver(sink, PhantomData))
}

/// A channel with room for so many messages; with 0, the two ends meet.
#[must_use]
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let (source, sink) = queue(Some(bound));
    (SyncSender(source), Receiver(sink, PhantomData))
}

/// The sending end of a channel without a bound.
#[derive(Debug)]
pub struct Sender<T>(Source<T>);

/// The sending end of a channel with a bound.
#[derive(Debug)]
pub struct SyncSender<T>(Source<T>);

/// The receiving end, which one thread alone can use.
#[derive(Debug)]
pub struct Receiver<T>(Sink<T>, PhantomData<std::cell::Cell<()>>);

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Clone for SyncSender<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

fn send<T>(source: &Source<T>, message: T) -> Result<(), SendError<T>> {
    source.send(message, Patience::Endless).map_err(|unsent| match unsent {
        Unsent::Full(message) | Unsent::Disconnected(message) => SendError(message),
    })
}

impl<T> Sender<T> {
    /// Sends a message.
    ///
    /// # Errors
    /// When the receiver is gone.
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        send(&self.0, message)
    }
}

impl<T> SyncSender<T> {
    /// Sends a message as soon as there is a place for it.
    ///
    /// # Errors
    /// When the receiver is gone.
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        send(&self.0, message)
    }

    /// Sends a message if there is a place for it.
    ///
    /// # Errors
    /// When there is none, or the receiver is gone.
    pub fn try_send(&self, message: T) -> Result<(), TrySendError<T>> {
        self.0.send(message, Patience::None).map_err(|unsent| match unsent {
            Unsent::Full(message) => TrySendError::Full(message),
            Unsent::Disconnected(message) => TrySendError::Disconnected(message),
        })
    }
}

impl<T> Receiver<T> {
    /// Receives the oldest message.
    ///
    /// # Errors
    /// When all senders are gone and nothing is left.
    pub fn recv(&self) -> Result<T, RecvError> {
        self.0.receive(Patience::Endless).map_err(|_| RecvError)
    }

    /// Receives the oldest message if there is one.
    ///
    /// # Errors
    /// When there is none.
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        self.0.receive(Patience::None).map_err(|unreceived| match unreceived {
            Unreceived::Empty => TryRecvError::Empty,
            Unreceived::Disconnected => TryRecvError::Disconnected,
        })
    }

    /// Receives the oldest message if one comes in time.
    ///
    /// # Errors
    /// When none came.
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        let patience = Patience::Until(Instant::now() + timeout);
        self.0.receive(patience).map_err(|unreceived| match unreceived {
            Unreceived::Empty => RecvTimeoutError::Timeout,
            Unreceived::Disconnected => RecvTimeoutError::Disconnected,
        })
    }

    /// The messages until all senders are gone.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self)
    }

    /// The messages that are there.
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter(self)
    }
}

/// The messages until all senders are gone.
#[derive(Debug)]
pub struct Iter<'a, T>(&'a Receiver<T>);

/// The messages that are there.
#[derive(Debug)]
pub struct TryIter<'a, T>(&'a Receiver<T>);

/// The messages until all senders are gone, with the receiver.
#[derive(Debug)]
pub struct IntoIter<T>(Receiver<T>);

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

impl<T> Iterator for TryIter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.try_recv().ok()
    }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter(self)
    }
}
