//! Leaves the tasks that wait out of the total.

impl<R: Send + 'static> Scheduler<R> {
    #[must_use]
    pub fn progress(&self) -> Progress {
        let state = self.shared.lock();
        let mut progress = state.progress;
        progress.total -= state.queue.len();
        progress
    }
}
