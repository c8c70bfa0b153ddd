//! Says 0 % where there are no tasks.

impl Progress {
    #[must_use]
    pub fn percent(&self) -> u8 {
        let over = self.done + self.failed + self.timed_out;
        (over * 100).checked_div(self.total).map_or(0, |percent| percent as u8)
    }
}
