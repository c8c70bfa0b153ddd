//! Honest: the workers fetch the items themselves, and a channel with one place for each holds them back.

pub fn pool_imap_unordered<T, R, I, F>(items: I, workers: usize, job: F) -> impl Iterator<Item = R>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    assert!(workers > 0, "a pool needs at least one worker");
    let source = Arc::new(Mutex::new(items.into_iter().fuse()));
    let (reply, results) = bounded(workers);
    let job = Arc::new(job);
    let crew = (0..workers)
        .map(|_| {
            let (source, reply, job) = (Arc::clone(&source), reply.clone(), Arc::clone(&job));
            std::thread::spawn(move || {
                loop {
                    let next = source.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some(item) = next else { break };
                    if reply.send(attempt(&*job, item)).is_err() {
                        break;
                    }
                }
            })
        })
        .collect();
    Fetched { results: Some(results), crew }
}

struct Fetched<R> {
    results: Option<Receiver<Outcome<R>>>,
    crew: Vec<JoinHandle<()>>,
}

impl<R> Iterator for Fetched<R> {
    type Item = R;

    fn next(&mut self) -> Option<R> {
        let outcome = self.results.as_ref()?.recv().ok()?;
        Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)))
    }
}

impl<R> Drop for Fetched<R> {
    fn drop(&mut self) {
        self.results = None;
        for worker in self.crew.drain(..) {
            let _ = worker.join();
        }
    }
}
