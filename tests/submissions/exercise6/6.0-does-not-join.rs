//! Lets the workers end when the queue is empty, and waits for none of them.

impl Drop for Pool {
    fn drop(&mut self) {
        self.tasks = None;
        self.workers.clear();
    }
}
