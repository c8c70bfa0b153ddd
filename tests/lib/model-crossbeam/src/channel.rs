//! `crossbeam::channel` over the model's queue.

pub use crossbeam::channel::{
    ReadyTimeoutError, RecvError, RecvTimeoutError, SelectTimeoutError, SendError,
    SendTimeoutError, TryReadyError, TryRecvError, TrySelectError, TrySendError,
};

pub use crate::select::{Select, SelectedOperation};

use model_std::sync::channel::{Patience, Sink, Source, Unreceived, Unsent, queue};
use model_std::time::{Duration, Instant};

/// A channel with room for so many messages; with 0, the two ends meet.
#[must_use]
pub fn bounded<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let (source, sink) = queue(Some(capacity));
    (Sender(source), Receiver(sink))
}

/// A channel without a bound.
#[must_use]
pub fn unbounded<T>() -> (Sender<T>, Receiver<T>) {
    let (source, sink) = queue(None);
    (Sender(source), Receiver(sink))
}

/// The sending end.
#[derive(Debug)]
pub struct Sender<T>(pub(crate) Source<T>);

/// The receiving end.
#[derive(Debug)]
pub struct Receiver<T>(pub(crate) Sink<T>);

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Sender<T> {
    /// Sends a message as soon as there is a place for it.
    ///
    /// # Errors
    /// When all receivers are gone.
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        self.0.send(message, Patience::Endless).map_err(|unsent| match unsent {
            Unsent::Full(message) | Unsent::Disconnected(message) => SendError(message),
        })
    }

    /// Sends a message if there is a place for it.
    ///
    /// # Errors
    /// When there is none, or all receivers are gone.
    pub fn try_send(&self, message: T) -> Result<(), TrySendError<T>> {
        self.0.send(message, Patience::None).map_err(|unsent| match unsent {
            Unsent::Full(message) => TrySendError::Full(message),
            Unsent::Disconnected(message) => TrySendError::Disconnected(message),
        })
    }

    /// Sends a message if there is a place for it in time.
    ///
    /// # Errors
    /// When there was none, or all receivers are gone.
    pub fn send_timeout(&self, message: T, timeout: Duration) -> Result<(), SendTimeoutError<T>> {
        self.send_deadline(message, Instant::now() + timeout)
    }

    /// Sends a message if there is a place for it until then.
    ///
    /// # Errors
    /// When there was none, or all receivers are gone.
    pub fn send_deadline(&self, message: T, end: Instant) -> Result<(), SendTimeoutError<T>> {
        self.0.send(message, Patience::Until(end)).map_err(|unsent| match unsent {
            Unsent::Full(message) => SendTimeoutError::Timeout(message),
            Unsent::Disconnected(message) => SendTimeoutError::Disconnected(message),
        })
    }

    /// Whether both belong to one channel.
    #[must_use]
    pub fn same_channel(&self, other: &Self) -> bool {
        self.0.is_same(&other.0)
    }
}

impl<T> Receiver<T> {
    /// Receives the oldest message if one comes until then.
    ///
    /// # Errors
    /// When none came.
    pub fn recv_deadline(&self, end: Instant) -> Result<T, RecvTimeoutError> {
        self.0.receive(Patience::Until(end)).map_err(|unreceived| match unreceived {
            Unreceived::Empty => RecvTimeoutError::Timeout,
            Unreceived::Disconnected => RecvTimeoutError::Disconnected,
        })
    }

    /// Whether both belong to one channel.
    #[must_use]
    pub fn same_channel(&self, other: &Self) -> bool {
        self.0.is_same(&other.0)
    }
}

model_std::receiver!();

macro_rules! lengths {
    ($end:ident) => {
        impl<T> $end<T> {
            /// How many messages wait.
            #[must_use]
            pub fn len(&self) -> usize {
                self.0.length().0
            }

            /// Whether no message waits.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.len() == 0
            }

            /// Whether there is no place for another message.
            #[must_use]
            pub fn is_full(&self) -> bool {
                let (length, capacity) = self.0.length();
                capacity.is_some_and(|capacity| length >= capacity)
            }

            /// How many messages can wait.
            #[must_use]
            pub fn capacity(&self) -> Option<usize> {
                self.0.length().1
            }
        }
    };
}
lengths!(Sender);
lengths!(Receiver);
