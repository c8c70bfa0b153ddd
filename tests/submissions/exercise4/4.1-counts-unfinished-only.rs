//! Takes items as long as few are unfinished, whatever waits for the caller.

impl<I, R> Iterator for Ordered<I, R>
where
    I: Iterator<Item: Send + 'static>,
    R: Send + 'static,
{
    fn next(&mut self) -> Option<R> {
        while self.pending.iter().filter(|result| result.is_empty()).count()
            < read_ahead(self.crew.size)
            && let Some(item) = self.items.next()
        {
            let (reply, result) = bounded(1);
            self.pending.push_back(result);
            self.crew.hand_over((item, reply));
        }
        let outcome = self.pending.pop_front()?.recv().expect("every task is answered");
        Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)))
    }
}
