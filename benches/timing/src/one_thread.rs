//! A call that must do its work on the thread that makes it.

use supervise::CpuTime;

/// Makes a call of a question whose gain must come from one thread.
///
/// # Panics
/// When other threads did a part of the work.
pub fn on_one_thread<R>(call: impl FnOnce() -> R) -> R {
    let (result, time) = CpuTime::of(call);
    assert!(
        time.is_of_one_thread(),
        "{:.0} % of the work ran on other threads. This question is timed on one thread.",
        time.others_share() * 100.0
    );
    result
}
