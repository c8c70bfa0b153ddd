//! Reads the date for the time.

impl Clock for MonotonicClock {
    fn now(&self) -> Duration {
        Duration::from_secs(self.0.elapsed().as_secs())
    }
}
