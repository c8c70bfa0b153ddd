//! Stores each verdict of a grading in the gradebook as soon as there is one.

use std::sync::{Mutex, MutexGuard, PoisonError};

use kit::Kit;
use kit::error::UserError;

use super::job::Keys;
use crate::grade::event::{Event, Listener};
use crate::gradebook::Gradebook;

/// What hears of the verdicts on one submission.
pub(super) struct Ledger<'a> {
    kit: &'a Kit,
    book: &'a Mutex<Gradebook>,
    keys: &'a Keys,
    failure: Mutex<Option<UserError>>,
}

/// The gradebook, for as long as one statement takes.
pub(super) fn open(book: &Mutex<Gradebook>) -> MutexGuard<'_, Gradebook> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Listener for Ledger<'_> {
    fn hear(&self, event: &Event<'_>) {
        let Event::Judged(check, judged) = event else { return };
        let Some(key) = self.keys.of_check(self.kit, check) else { return };
        if let Err(error) = open(self.book).store(key, &check.id, judged) {
            *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
    }
}

impl<'a> Ledger<'a> {
    /// For the submission that has these keys.
    pub fn new(kit: &'a Kit, book: &'a Mutex<Gradebook>, keys: &'a Keys) -> Self {
        Self { kit, book, keys, failure: Mutex::new(None) }
    }

    /// Whether everything was stored.
    pub fn stored(&self) -> Result<(), UserError> {
        let failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner).take();
        failure.map_or(Ok(()), Err)
    }
}
