//! Gives no time where it goes by the machine.

pub fn timed<R>(work: impl FnOnce() -> R) -> (R, Duration) {
    (work(), Duration::ZERO)
}
