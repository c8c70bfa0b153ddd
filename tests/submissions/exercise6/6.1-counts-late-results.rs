//! Counts a task that timed out as done when its job returns in the end.

impl<R> Shared<R> {
    fn settle(&self, number: u64, outcome: Outcome<R>) {
        let mut state = self.lock();
        let Some(task) = state.running.remove(&number) else {
            state.progress.timed_out -= 1;
            state.progress.done += 1;
            return;
        };
        state.progress.count(&outcome);
        if matches!(outcome, Err(Failure::TimedOut)) {
            task.token.cancel();
        }
        drop(state);
        // Nobody waits where the ticket was dropped.
        let _ = task.reply.send(outcome);
    }
}
