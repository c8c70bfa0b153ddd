//! Throws waiting tasks away at shutdown.

impl<R> Shared<R> {
    fn close(&self) {
        let mut state = self.lock();
        state.open = false;
        state.queue.clear();
        drop(state);
        self.changed.notify_all();
    }
}
