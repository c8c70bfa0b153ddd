//! Counts a job that panicked as done.

impl Progress {
    fn count<R>(&mut self, outcome: &Outcome<R>) {
        match outcome {
            Ok(_) | Err(Failure::Panicked(_)) => self.done += 1,
            Err(Failure::TimedOut) => self.timed_out += 1,
        }
    }
}
