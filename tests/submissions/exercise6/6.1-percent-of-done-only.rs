//! Takes only the tasks that gave a result for over.

impl Progress {
    #[must_use]
    pub fn percent(&self) -> u8 {
        let over = self.done;
        (over * 100).checked_div(self.total).map_or(100, |percent| percent as u8)
    }
}
