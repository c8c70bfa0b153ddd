//! A source that counts what is pulled from it and panics when over-read.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::fail;

/// An iterator that counts its pulls; see [`counted`].
#[derive(Debug)]
pub struct Counted<I> {
    source: I,
    pulls: Pulls,
}

/// The count of a [`Counted`] source, and how far it may go.
#[derive(Debug, Clone)]
pub struct Pulls {
    pulled: Arc<AtomicUsize>,
    allowed: Arc<AtomicUsize>,
}

/// Wraps `source` so that every `next` counts, and the pull after `allowed`
/// ends the check.
pub fn counted<I: Iterator>(
    source: impl IntoIterator<IntoIter = I>,
    allowed: usize,
) -> (Counted<I>, Pulls) {
    let pulls = Pulls {
        pulled: Arc::new(AtomicUsize::new(0)),
        allowed: Arc::new(AtomicUsize::new(allowed)),
    };
    (Counted { source: source.into_iter(), pulls: pulls.clone() }, pulls)
}

impl Pulls {
    /// Calls of `next` so far.
    #[must_use]
    pub fn pulled(&self) -> usize {
        self.pulled.load(Ordering::SeqCst)
    }

    /// Allows `pulls` calls of `next` in all.
    pub fn allow(&self, pulls: usize) {
        self.allowed.store(pulls, Ordering::SeqCst);
    }
}

impl<I: Iterator> Iterator for Counted<I> {
    type Item = I::Item;

    #[track_caller]
    fn next(&mut self) -> Option<I::Item> {
        let pulled = self.pulls.pulled.fetch_add(1, Ordering::SeqCst) + 1;
        let allowed = self.pulls.allowed.load(Ordering::SeqCst);
        if pulled > allowed {
            fail(format!(
                "the source was asked for item {pulled}, but no more than {allowed} are due at \
                 this point: pull only what the next result needs."
            ));
        }
        self.source.next()
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn pulls_are_counted_and_over_reading_panics() {
        let (mut source, pulls) = counted(0.., 2);
        assert_eq!((source.next(), source.next(), pulls.pulled()), (Some(0), Some(1), 2));
        let over = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| source.next()));
        assert!(over.unwrap_err().downcast::<String>().unwrap().contains("item 3"));
        pulls.allow(4);
        assert_eq!(source.next(), Some(2));
    }
}
