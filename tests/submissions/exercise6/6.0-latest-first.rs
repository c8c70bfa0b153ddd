//! Takes what was submitted last, as a stack does.

impl Pool {
    #[must_use]
    pub fn new(workers: usize) -> Self {
        assert!(workers > 0, "a pool needs at least one worker");
        let (tasks, queue) = unbounded::<Task>();
        let stack = Arc::new(Mutex::new(Vec::<Task>::new()));
        let workers = (0..workers)
            .map(|_| (queue.clone(), Arc::clone(&stack)))
            .map(|(queue, stack)| {
                std::thread::spawn(move || {
                    for task in &queue {
                        let mut waiting = stack.lock().unwrap_or_else(PoisonError::into_inner);
                        waiting.push(task);
                        waiting.extend(queue.try_iter());
                        while let Some(task) = waiting.pop() {
                            drop(waiting);
                            task();
                            waiting = stack.lock().unwrap_or_else(PoisonError::into_inner);
                        }
                    }
                })
            })
            .collect();
        Self { tasks: Some(tasks), workers }
    }
}
