//! What the checks of laziness share: sources that end the check when they
//! are over-read, with the name of the function that did it.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use harness::fail;

const OVER_READ: &str = "the source was asked for item ";

/// Runs a step of a check. Where it pulls more than is due from a
/// [`counted`](harness::counted) source, the message says that `what` did it.
#[track_caller]
pub fn lazily<T>(what: &str, step: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|panic| {
        match panic.downcast_ref::<String>() {
            Some(text) if text.starts_with(OVER_READ) => {
                fail(format!("{what} is not lazy: {text}"))
            }
            _ => resume_unwind(panic),
        }
    })
}

/// The numbers from 0 on, without end. Any clone that is asked for more than
/// `due` of them ends the check.
pub fn numbers_due(due: u64) -> impl Iterator<Item = u64> + Clone {
    // Not `inspect`: the size hint of an endless range would make a `collect`
    // ask for more memory than there is, before the first item tells its message.
    (0_u64..).filter(move |&number| {
        if number >= due {
            fail(format!(
                "{OVER_READ}{}, but no more than {due} are due at this point: pull only what \
                 the next result needs.",
                number + 1
            ));
        }
        true
    })
}
