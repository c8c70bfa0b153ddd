//! Starts one thread more than asked for.

impl Pool {
    #[must_use]
    pub fn new(workers: usize) -> Self {
        assert!(workers > 0, "a pool needs at least one worker");
        let (tasks, queue) = unbounded::<Task>();
        let workers = (0..=workers)
            .map(|_| queue.clone())
            .map(|queue| std::thread::spawn(move || queue.iter().for_each(|task| task())))
            .collect();
        Self { tasks: Some(tasks), workers }
    }
}
