//! Works its queue off when it is dropped early.

impl<T> Drop for Crew<T> {
    fn drop(&mut self) {
        // Without a sender the queue ends, and emptied it ends at once.
        self.tasks = None;
        for worker in self.workers.drain(..) {
            // Jobs that panic are caught, so a worker always ends in peace.
            let _ = worker.join();
        }
    }
}
