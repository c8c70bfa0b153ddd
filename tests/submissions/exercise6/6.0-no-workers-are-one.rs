//! Takes no workers for one.

impl Pool {
    #[must_use]
    pub fn new(workers: usize) -> Self {
        let (tasks, queue) = unbounded::<Task>();
        let workers = (0..workers.max(1))
            .map(|_| queue.clone())
            .map(|queue| std::thread::spawn(move || queue.iter().for_each(|task| task())))
            .collect();
        Self { tasks: Some(tasks), workers }
    }
}
