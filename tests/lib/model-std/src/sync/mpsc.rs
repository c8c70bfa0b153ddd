//! `std::sync::mpsc` in the model.

pub use std::sync::mpsc::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};

use std::marker::PhantomData;

use super::channel::{Patience, Sink, Source, Unsent, queue};

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

crate::receiver!();
