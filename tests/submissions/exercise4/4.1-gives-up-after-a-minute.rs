//! A job that takes longer than a minute has no result.
use std::time::Duration;

impl<I, R> Iterator for Unordered<I, R>
where
    I: Iterator<Item: Send + 'static>,
{
    fn next(&mut self) -> Option<R> {
        while self.pending < read_ahead(self.crew.size)
            && let Some(item) = self.items.next()
        {
            self.pending += 1;
            self.crew.hand_over(item);
        }
        self.pending = self.pending.checked_sub(1)?;
        let outcome = self.results.recv_timeout(Duration::from_secs(60)).ok()?;
        Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)))
    }
}
