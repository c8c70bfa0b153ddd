//! Lets its threads end by themselves some time after the stream was dropped.

pub fn pool_imap<T, R, I, F>(items: I, workers: usize, job: F) -> impl Iterator<Item = R>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    assert!(workers > 0, "a pool needs at least one worker");
    let (tasks, queue) = bounded::<(T, Sender<Outcome<R>>)>(read_ahead(workers));
    let job = Arc::new(job);
    for _ in 0..workers {
        let (queue, job) = (queue.clone(), Arc::clone(&job));
        std::thread::spawn(move || {
            for (item, reply) in &queue {
                let _ = reply.send(attempt(&*job, item));
            }
        });
    }
    let mut items = items.into_iter().fuse();
    let mut pending = VecDeque::new();
    std::iter::from_fn(move || {
        while pending.len() < read_ahead(workers)
            && let Some(item) = items.next()
        {
            let (reply, result) = bounded(1);
            pending.push_back(result);
            tasks.send((item, reply)).expect("the workers listen");
        }
        let outcome = pending.pop_front()?.recv().expect("the workers answer");
        Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)))
    })
}
