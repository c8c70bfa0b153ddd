//! Lets the workers of pool_imap run as far ahead of the caller as they can.

pub fn pool_imap<T, R, I, F>(items: I, workers: usize, job: F) -> impl Iterator<Item = R>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    assert!(workers > 0, "a pool needs at least one worker");
    let source = Arc::new(Mutex::new(items.into_iter().fuse().enumerate()));
    let (reply, results) = crossbeam::channel::unbounded();
    let job = Arc::new(job);
    let crew = (0..workers)
        .map(|_| {
            let (source, reply, job) = (Arc::clone(&source), reply.clone(), Arc::clone(&job));
            std::thread::spawn(move || {
                loop {
                    let next = source.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((index, item)) = next else { break };
                    if reply.send((index, attempt(&*job, item))).is_err() {
                        break;
                    }
                }
            })
        })
        .collect();
    Runaway { results: Some(results), early: HashMap::new(), next: 0, crew }
}

use std::collections::HashMap;

struct Runaway<R> {
    results: Option<Receiver<(usize, Outcome<R>)>>,
    early: HashMap<usize, Outcome<R>>,
    next: usize,
    crew: Vec<JoinHandle<()>>,
}

impl<R> Iterator for Runaway<R> {
    type Item = R;

    fn next(&mut self) -> Option<R> {
        while !self.early.contains_key(&self.next) {
            let (index, outcome) = self.results.as_ref()?.recv().ok()?;
            self.early.insert(index, outcome);
        }
        let outcome = self.early.remove(&self.next)?;
        self.next += 1;
        Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)))
    }
}

impl<R> Drop for Runaway<R> {
    fn drop(&mut self) {
        self.results = None;
        for worker in self.crew.drain(..) {
            let _ = worker.join();
        }
    }
}
