//! What the cancel tokens of question 6.1 tell the jobs, and when.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use exercise6::{CancelToken, Failure};
use harness::{Gate, expect, expect_eq};

use super::rig::{Rig, TIMEOUT, outcome, until_cancelled};

pub fn who_is_told_to_stop_frees_the_worker() {
    expect(
        !CancelToken::default().is_cancelled(),
        "a new token is cancelled, though no time is over.",
    );
    let rig = Rig::new(1);
    let (begun, told) = (Arc::new(Gate::new()), Arc::new(Mutex::new(None)));
    let ticket = {
        let (begun, told) = (Arc::clone(&begun), Arc::clone(&told));
        rig.submit(0, Some(TIMEOUT), move |token| {
            let early = token.is_cancelled();
            begun.wait();
            *told.lock().unwrap() = Some((early, until_cancelled(token)));
            0
        })
    };
    rig.await_begin(&begun);
    // Not before: behind it even where equal priorities go in another order.
    let next = rig.submit(0, None, |token| 2 + u64::from(token.is_cancelled()));
    begun.open();
    rig.pass_timeout();
    let what = "a task that looks at its token, at its deadline,";
    expect_eq(what, &outcome(what, ticket), &Err(Failure::TimedOut));
    let what =
        "the task behind it, for the same worker, which returns 3 if its token is cancelled,";
    expect_eq(what, &outcome(what, next), &Ok(2));
    let (early, cancelled) = told.lock().unwrap().unwrap_or_default();
    expect(!early, "the token of a job was cancelled when the job had only begun.");
    expect(
        cancelled,
        "a task timed out, and its job was never told: cancel its token, so that a job that looks \
         at it can return and its worker can go on with the queue.",
    );
    rig.finish();

    // A clock that stands still shows such a deadline all the same. Several times, as who
    // watches may only just be coming to the first.
    let rig = Rig::new(1);
    for _ in 0..5 {
        let told = Arc::new(AtomicBool::new(false));
        let tell = Arc::clone(&told);
        let ticket = rig.submit(0, Some(Duration::ZERO), move |token| {
            tell.store(until_cancelled(token), Ordering::SeqCst);
            0
        });
        let what = "a task with a timeout of zero that runs until it is cancelled";
        expect_eq(what, &outcome(what, ticket), &Err(Failure::TimedOut));
        // Its worker is free again when it has returned.
        let next = rig.submit(0, None, |_| 1);
        expect_eq("the task behind it", &outcome("it", next), &Ok(1));
        expect(
            told.load(Ordering::SeqCst),
            format_args!("{what} was never told: its time is over when it begins."),
        );
    }
    rig.finish();

    // Another job's deadline is not mine; and who does not look holds one worker only.
    let rig = Rig::new(2);
    let [deaf, other] = [Gate::new(), Gate::new()].map(Arc::new);
    let late = rig.submit_at(&deaf, Some(TIMEOUT));
    rig.await_begin(&deaf);
    let calm = {
        let other = Arc::clone(&other);
        rig.submit(0, Some(3 * TIMEOUT), move |token| {
            other.wait();
            u64::from(token.is_cancelled())
        })
    };
    rig.await_begin(&other);
    rig.pass_timeout();
    let what = "a task that does not look at its token";
    expect_eq(what, &outcome(what, late), &Err(Failure::TimedOut));
    other.open();
    let what = "a task whose time is not over, and which returns 1 if its token is cancelled,";
    expect_eq(what, &outcome(what, calm), &Ok(0));
    let tickets: Vec<_> = (0..20).map(|n| rig.submit(0, Some(TIMEOUT), move |_| n)).collect();
    let what = "the 20 tasks behind a job that does not end, with a second worker";
    let others: Vec<_> = tickets.into_iter().map(|ticket| outcome(what, ticket)).collect();
    expect(!deaf.gave_up(), format_args!("{what} had to wait for that job."));
    expect_eq(what, &others, &(0..20).map(Ok).collect());
    deaf.open();
    rig.finish();
}
