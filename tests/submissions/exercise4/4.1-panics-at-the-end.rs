//! Raises the panic of a job only when there are no more results.

pub fn pool_imap<T, R, I, F>(items: I, workers: usize, job: F) -> impl Iterator<Item = R>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let crew = Crew::new(workers, move |(item, reply): (T, Sender<Outcome<R>>)| {
        // Nobody waits for the result once the iterator is dropped.
        let _ = reply.send(attempt(&job, item));
    });
    Ordered { items: items.into_iter().fuse(), pending: VecDeque::new(), panic: None, crew }
}

struct Ordered<I: Iterator, R> {
    items: Fuse<I>,
    pending: VecDeque<Receiver<Outcome<R>>>,
    panic: Option<Box<dyn Any + Send>>,
    crew: Crew<(I::Item, Sender<Outcome<R>>)>,
}

impl<I, R> Iterator for Ordered<I, R>
where
    I: Iterator<Item: Send + 'static>,
    R: Send + 'static,
{
    fn next(&mut self) -> Option<R> {
        while self.pending.len() < read_ahead(self.crew.size)
            && let Some(item) = self.items.next()
        {
            let (reply, result) = bounded(1);
            self.pending.push_back(result);
            self.crew.hand_over((item, reply));
        }
        let Some(result) = self.pending.pop_front() else {
            if let Some(panic) = self.panic.take() {
                resume_unwind(panic);
            }
            return None;
        };
        let outcome = match result.recv().expect("every task is answered") {
            Err(panic) => {
                self.panic = Some(panic);
                return self.next();
            }
            outcome => outcome,
        };
        Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)))
    }
}
