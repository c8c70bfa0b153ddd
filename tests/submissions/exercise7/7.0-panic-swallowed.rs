//! Panics with words of its own where the work does.

pub fn timed_with<R>(clock: &impl Clock, work: impl FnOnce() -> R) -> (R, Duration) {
    let start = clock.now();
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    let result = caught.unwrap_or_else(|_| panic!("the work panicked"));
    (result, clock.now().saturating_sub(start))
}
