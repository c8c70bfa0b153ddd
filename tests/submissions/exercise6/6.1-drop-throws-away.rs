//! Throws waiting tasks away when the scheduler is dropped.

impl<R> Drop for Scheduler<R> {
    fn drop(&mut self) {
        self.shared.close();
        self.shared.lock().queue.clear();
        for worker in self.workers.drain(..) {
            // Jobs that panic are caught, so a worker always ends in peace.
            let _ = worker.join();
        }
        self.shared.lock().workers_ended = true;
        self.shared.clock.wake();
        if let Some(watcher) = self.watcher.take() {
            let _ = watcher.join();
        }
    }
}
