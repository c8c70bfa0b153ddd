//! The body of an answer, whole or with a fault.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::ledger::Visit;

/// The pause between two parts of a body that never ends: it keeps the
/// server's thread free for other visitors.
const PAUSE: Duration = Duration::from_millis(1);

/// The body of an answer; the request is in flight until its end.
pub(crate) struct Reply {
    visit: Option<Visit>,
    rest: Rest,
}

/// What is still to be sent.
pub(crate) enum Rest {
    /// Everything, in one piece.
    Whole(Bytes),
    /// This, and then the connection breaks.
    Broken(Bytes),
    /// This, and then nothing for ever.
    Silent(Bytes),
    /// This, again and again.
    Endless(Bytes, Pin<Box<Sleep>>),
    /// Nothing: the connection breaks now.
    Break,
    /// Nothing for ever.
    Silence,
    /// Nothing: the answer is complete.
    End,
}

impl Rest {
    pub fn endless(part: Bytes) -> Self {
        Self::Endless(part, Box::pin(sleep(PAUSE)))
    }
}

impl Reply {
    pub fn new(visit: Visit, rest: Rest) -> Self {
        Self { visit: Some(visit), rest }
    }
}

impl Body for Reply {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let data = |bytes| Poll::Ready(Some(Ok(Frame::data(bytes))));
        match std::mem::replace(&mut self.rest, Rest::End) {
            Rest::Whole(bytes) => {
                // Before the last byte is out: a visitor that has everything
                // and comes again must not be counted twice.
                self.visit = None;
                data(bytes)
            }
            Rest::Broken(bytes) => {
                self.rest = Rest::Break;
                data(bytes)
            }
            Rest::Break => {
                self.visit = None;
                Poll::Ready(Some(Err(io::Error::other("broken off to order"))))
            }
            Rest::Silent(bytes) => {
                self.rest = Rest::Silence;
                data(bytes)
            }
            Rest::Silence => {
                self.rest = Rest::Silence;
                Poll::Pending
            }
            Rest::Endless(bytes, mut pause) => {
                let waited = pause.as_mut().poll(context);
                if waited.is_ready() {
                    pause = Box::pin(sleep(PAUSE));
                }
                self.rest = Rest::Endless(bytes.clone(), pause);
                ready!(waited);
                data(bytes)
            }
            Rest::End => {
                self.visit = None;
                Poll::Ready(None)
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.rest {
            Rest::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            _ => SizeHint::default(),
        }
    }
}
