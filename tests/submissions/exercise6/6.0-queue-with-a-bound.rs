//! Lets whoever submits wait while the workers are busy.

use crossbeam::channel::bounded;

impl Pool {
    #[must_use]
    pub fn new(workers: usize) -> Self {
        assert!(workers > 0, "a pool needs at least one worker");
        let (tasks, queue) = bounded::<Task>(workers);
        let workers = (0..workers)
            .map(|_| queue.clone())
            .map(|queue| std::thread::spawn(move || queue.iter().for_each(|task| task())))
            .collect();
        Self { tasks: Some(tasks), workers }
    }
}
