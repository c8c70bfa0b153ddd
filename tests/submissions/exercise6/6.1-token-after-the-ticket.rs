//! Cancels the token only when somebody waits for the ticket no more.

impl<R> Shared<R> {
    fn settle(&self, number: u64, outcome: Outcome<R>) {
        let mut state = self.lock();
        let Some(task) = state.running.remove(&number) else { return };
        state.progress.count(&outcome);
        drop(state);
        let is_late = matches!(outcome, Err(Failure::TimedOut));
        let _ = task.reply.send(outcome);
        std::thread::yield_now();
        if is_late {
            task.token.cancel();
        }
    }
}
