//! Gives times in whole milliseconds.

pub fn timed_with<R>(clock: &impl Clock, work: impl FnOnce() -> R) -> (R, Duration) {
    let start = clock.now();
    let result = work();
    (result, Duration::from_millis(clock.now().saturating_sub(start).as_millis() as u64))
}
