//! Takes what was submitted last, as a stack does.

#[derive(Default)]
struct Stack {
    state: Mutex<(Vec<Task>, bool)>,
    changed: Condvar,
}

pub struct Pool {
    stack: Arc<Stack>,
    workers: Vec<JoinHandle<()>>,
}

impl Pool {
    pub fn new(workers: usize) -> Self {
        assert_ne!(workers, 0);
        let stack = Arc::new(Stack::default());
        let work = |stack: Arc<Stack>| {
            move || {
                loop {
                    let state = stack.state.lock().unwrap();
                    let mut state = stack
                        .changed
                        .wait_while(state, |state| state.0.is_empty() && !state.1)
                        .unwrap();
                    let Some(task) = state.0.pop() else { return };
                    drop(state);
                    task();
                }
            }
        };
        let workers = (0..workers).map(|_| std::thread::spawn(work(stack.clone()))).collect();
        Self { stack, workers }
    }

    pub fn submit<R, F>(&self, job: F) -> Handle<R>
    where
        R: Send + 'static,
        F: FnOnce() -> R + Send + 'static,
    {
        let slot = Arc::new(Slot { state: Mutex::new(State::Pending), done: Condvar::new() });
        let result = slot.clone();
        let task: Task = Box::new(move || {
            let outcome = catch_unwind(AssertUnwindSafe(job));
            result.settle(outcome.map_err(|payload| JobPanic::from_payload(&*payload)));
        });
        self.stack.state.lock().unwrap().0.push(task);
        self.stack.changed.notify_one();
        Handle { slot }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.stack.state.lock().unwrap().1 = true;
        self.stack.changed.notify_all();
        while let Some(worker) = self.workers.pop() {
            worker.join().ok();
        }
    }
}
