//! What the checks of threads share: calls of one function by several threads.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use harness::{Rendezvous, fail};

/// How many threads call a function at the same time.
pub const THREADS: usize = 4;

/// What `call` gives on a thread of its own, which takes it away from here.
/// A panic goes on here, with its message.
#[track_caller]
pub fn moved<R: Send + 'static>(call: impl FnOnce() -> R + Send + 'static) -> R {
    std::thread::spawn(call).join().unwrap_or_else(|panic| resume_unwind(panic))
}

/// What `call` gives on [`THREADS`] threads that share it. Inside of each call
/// somebody waits at `meeting` for all the others.
#[track_caller]
pub fn together<R: Send>(what: &str, meeting: &Rendezvous, call: impl Fn() -> R + Sync) -> Vec<R> {
    let results = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(&call)).collect();
        threads.into_iter().map(|thread| thread.join()).collect::<Vec<_>>()
    });
    let results =
        results.into_iter().map(|result| result.unwrap_or_else(|panic| resume_unwind(panic)));
    let results = results.collect();
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| meeting.assert_met())) {
        match panic.downcast::<String>() {
            Ok(message) => fail(format!("{what} makes callers wait for each other: {message}")),
            Err(panic) => resume_unwind(panic),
        }
    }
    results
}
