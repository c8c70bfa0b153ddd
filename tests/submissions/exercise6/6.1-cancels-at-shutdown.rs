//! Cancels the jobs that run when it is shut down.

impl<R> Shared<R> {
    fn close(&self) {
        let mut state = self.lock();
        state.open = false;
        state.running.values().for_each(|task| task.token.cancel());
        drop(state);
        self.changed.notify_all();
    }
}
