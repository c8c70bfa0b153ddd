//! What question 6.1 lets go of: a job that is refused, and a result that comes too late.

use std::sync::Arc;

use exercise6::{Failure, ManualClock, Scheduler};
use harness::crew::{in_time, unwrap};
use harness::{Gate, expect, expect_eq};

use super::rig::TIMEOUT;

pub fn what_nobody_needs_is_let_go() {
    let (clock, kept) = (Arc::new(ManualClock::new()), Arc::new(()));
    let scheduler = Scheduler::with_clock(1, clock.clone());
    let gate = Arc::new(Gate::new());
    let (held, result) = (Arc::clone(&gate), Arc::clone(&kept));
    let late = scheduler.submit(0, Some(TIMEOUT), move |_| (held.wait(), result).1);
    expect(gate.wait_for_waiters(1), "a worker was free, and yet the job never began.");
    clock.advance(2 * TIMEOUT);
    let what = "a task that returns after its deadline";
    let outcome = in_time(what, move || late.map(|ticket| ticket.wait().map(drop)));
    expect_eq(what, &unwrap(outcome), &Ok(Err(Failure::TimedOut)));

    scheduler.shutdown();
    let job = Arc::clone(&kept);
    let refused = scheduler.submit(0, None, move |_| job).is_err();
    let holders = Arc::strong_count(&kept);
    expect(
        refused && holders == 2,
        "submit refused a job after shutdown and kept it: drop it, so that what the job owns is free \
         again.",
    );
    gate.open();
    unwrap(in_time("finish", || scheduler.finish()));
    expect(
        Arc::strong_count(&kept) == 1,
        format_args!("the result of {what} is still kept when all is over: it must be dropped."),
    );
}
