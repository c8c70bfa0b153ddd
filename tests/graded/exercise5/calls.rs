//! Calls that start processes: some never come back, some leave processes behind.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use harness::{Children, PATIENCE, children_now, fail, take_ended_children};

/// Runs `call` on a thread of its own, so that one that never comes back ends
/// the check with the reason in words instead of the deadline. A panic goes on.
#[track_caller]
pub fn returns<R: Send + 'static>(
    what: &str,
    otherwise: &str,
    call: impl FnOnce() -> R + Send + 'static,
) -> R {
    let (reply, answer) = channel();
    std::thread::spawn(move || reply.send(catch_unwind(AssertUnwindSafe(call))));
    match answer.recv_timeout(2 * PATIENCE) {
        Ok(outcome) => outcome.unwrap_or_else(|panic| resume_unwind(panic)),
        Err(_) => fail(format!("{what} never came back: {otherwise}.")),
    }
}

/// Ends the check if this process has a child, alive or not.
#[track_caller]
pub fn assert_no_children(after: &str) {
    if children_now() == Children::None {
        return;
    }
    // It has failed; what was killed a moment ago gets the time to be dead, so
    // that the message is about the right mistake.
    let until = Instant::now() + Duration::from_secs(2);
    let (mut count, mut some_live) = take_ended_children();
    while some_live && Instant::now() < until {
        std::thread::yield_now();
        let (more, now) = take_ended_children();
        (count, some_live) = (count + more, now);
    }
    if some_live {
        fail(format!(
            "{after}, a child process of its own still ran, and nobody was left to end it: \
             kill it and wait for it."
        ));
    }
    fail(format!(
        "{after}, {count} of its child processes were zombies: they end, and the system keeps an \
         entry for each until `wait` is called. Wait also for those that you kill, before you return."
    ));
}
