//! Never ends its threads: each waits for ever for tasks that nobody sends.

pub fn pool_imap_unordered<T, R, I, F>(items: I, workers: usize, job: F) -> impl Iterator<Item = R>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    assert!(workers > 0, "a pool needs at least one worker");
    let (tasks, queue) = bounded(read_ahead(workers));
    let (reply, results) = bounded(read_ahead(workers));
    let job = Arc::new(job);
    for _ in 0..workers {
        let (queue, reply, job) = (queue.clone(), reply.clone(), Arc::clone(&job));
        // The sender that every worker holds keeps its own queue open.
        let open = tasks.clone();
        std::thread::spawn(move || {
            for item in &queue {
                let _ = reply.send(attempt(&*job, item));
            }
            drop(open);
        });
    }
    let mut items = items.into_iter().fuse();
    let mut pending = 0_usize;
    std::iter::from_fn(move || {
        while pending < read_ahead(workers)
            && let Some(item) = items.next()
        {
            pending += 1;
            tasks.send(item).expect("the workers listen");
        }
        pending = pending.checked_sub(1)?;
        let outcome: Outcome<R> = results.recv().expect("the workers answer");
        Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)))
    })
}
