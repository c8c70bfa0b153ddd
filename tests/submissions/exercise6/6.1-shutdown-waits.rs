//! Waits at shutdown until nothing runs.

impl<R: Send + 'static> Scheduler<R> {
    pub fn shutdown(&self) {
        self.shared.close();
        while self.shared.lock().progress.percent() < 100 {
            std::thread::yield_now();
        }
    }
}
