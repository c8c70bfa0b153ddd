//! Gives the ticket its outcome first and counts the task afterwards.

impl<R> Shared<R> {
    fn settle(&self, number: u64, outcome: Outcome<R>) {
        let Some(task) = self.lock().running.remove(&number) else { return };
        let mut change = Progress::default();
        change.count(&outcome);
        if matches!(outcome, Err(Failure::TimedOut)) {
            task.token.cancel();
        }
        let _ = task.reply.send(outcome);
        let mut state = self.lock();
        state.progress.done += change.done;
        state.progress.failed += change.failed;
        state.progress.timed_out += change.timed_out;
    }
}
