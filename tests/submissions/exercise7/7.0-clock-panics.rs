//! Panics where the clock went back.

pub fn timed_with<R>(clock: &impl Clock, work: impl FnOnce() -> R) -> (R, Duration) {
    let start = clock.now();
    let result = work();
    (result, clock.now() - start)
}
