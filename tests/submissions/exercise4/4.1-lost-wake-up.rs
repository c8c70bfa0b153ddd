//! A task that comes between the look and the wait is waited for, for ever.
use std::sync::Condvar;
use std::sync::atomic::{AtomicBool, Ordering};

struct Queue<T> {
    tasks: Mutex<VecDeque<T>>,
    changed: Condvar,
    closed: AtomicBool,
}

impl<T> Queue<T> {
    fn next(&self) -> Option<T> {
        loop {
            let task = self.tasks.lock().unwrap().pop_front();
            if task.is_some() || self.closed.load(Ordering::SeqCst) {
                return task;
            }
            let tasks = self.tasks.lock().unwrap();
            drop(self.changed.wait(tasks).unwrap());
        }
    }
}

struct Crew<T> {
    size: usize,
    work: Arc<dyn Fn(T) + Send + Sync>,
    queue: Arc<Queue<T>>,
    workers: Vec<JoinHandle<()>>,
}

impl<T: Send + 'static> Crew<T> {
    fn new(size: usize, work: impl Fn(T) + Send + Sync + 'static) -> Self {
        assert!(size > 0, "a pool needs at least one worker");
        let queue = Queue {
            tasks: Mutex::default(),
            changed: Condvar::new(),
            closed: AtomicBool::new(false),
        };
        Self { size, work: Arc::new(work), queue: Arc::new(queue), workers: Vec::new() }
    }

    fn hand_over(&mut self, task: T) {
        if self.workers.len() < self.size {
            let (queue, work) = (Arc::clone(&self.queue), Arc::clone(&self.work));
            self.workers.push(std::thread::spawn(move || {
                while let Some(task) = queue.next() {
                    work(task);
                }
            }));
        }
        self.queue.tasks.lock().unwrap().push_back(task);
        self.queue.changed.notify_one();
    }
}

impl<T> Drop for Crew<T> {
    fn drop(&mut self) {
        self.queue.tasks.lock().unwrap().clear();
        self.queue.closed.store(true, Ordering::SeqCst);
        self.queue.changed.notify_all();
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }
}
