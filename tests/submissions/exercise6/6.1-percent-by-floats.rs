//! Works percents out with floats that are rounded.

impl Progress {
    #[must_use]
    pub fn percent(&self) -> u8 {
        let over = self.done + self.failed + self.timed_out;
        if self.total == 0 { 100 } else { (over as f32 / self.total as f32 * 100.0).round() as u8 }
    }
}
