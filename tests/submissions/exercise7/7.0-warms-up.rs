//! Reads the clock before it makes ready, so that more than the work is measured.

pub fn timed_with<R>(clock: &impl Clock, work: impl FnOnce() -> R) -> (R, Duration) {
    let (warm_up, start) = (clock.now(), clock.now());
    let result = work();
    (result, clock.now().saturating_sub(start.max(warm_up)))
}
