//! A queue with a `Condvar`, and each slot keeps the closure that wants its result.

use std::collections::VecDeque;
use std::sync::mpsc;

#[derive(Default)]
struct Queue {
    state: Mutex<(VecDeque<Task>, bool)>,
    changed: Condvar,
}

pub struct Pool {
    queue: Arc<Queue>,
    workers: Vec<JoinHandle<()>>,
}

enum State<R> {
    Pending,
    Wanted(Box<dyn FnOnce(Outcome<R>) + Send>),
    Done(Outcome<R>),
}

struct Slot<R> {
    state: Mutex<State<R>>,
    done: Condvar,
}

impl<R> Slot<R> {
    fn settle(&self, outcome: Outcome<R>) {
        let mut state = self.state.lock().unwrap();
        match std::mem::replace(&mut *state, State::Pending) {
            State::Wanted(give) => {
                drop(state);
                give(outcome);
            }
            _ => {
                *state = State::Done(outcome);
                self.done.notify_all();
            }
        }
    }

    fn when_done(&self, give: impl FnOnce(Outcome<R>) + Send + 'static) {
        let mut state = self.state.lock().unwrap();
        match std::mem::replace(&mut *state, State::Pending) {
            State::Done(outcome) => {
                drop(state);
                give(outcome);
            }
            _ => *state = State::Wanted(Box::new(give)),
        }
    }
}

impl Pool {
    pub fn new(workers: usize) -> Self {
        assert_ne!(workers, 0);
        let queue = Arc::new(Queue::default());
        let work = |queue: Arc<Queue>| {
            move || {
                loop {
                    let state = queue.state.lock().unwrap();
                    let mut state = queue
                        .changed
                        .wait_while(state, |state| state.0.is_empty() && !state.1)
                        .unwrap();
                    let Some(task) = state.0.pop_front() else { return };
                    drop(state);
                    task();
                }
            }
        };
        let workers = (0..workers).map(|_| std::thread::spawn(work(queue.clone()))).collect();
        Self { queue, workers }
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
        self.queue.state.lock().unwrap().0.push_back(task);
        self.queue.changed.notify_one();
        Handle { slot }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.queue.state.lock().unwrap().1 = true;
        self.queue.changed.notify_all();
        while let Some(worker) = self.workers.pop() {
            worker.join().ok();
        }
    }
}

impl<R> Slot<R> {
    fn wait(&self) -> Outcome<R> {
        let mut state = self.state.lock().unwrap();
        loop {
            match std::mem::replace(&mut *state, State::Pending) {
                State::Done(outcome) => return outcome,
                other => *state = other,
            }
            state = self.done.wait(state).unwrap();
        }
    }
}

impl<R> Handle<R> {
    pub fn wait(self) -> Result<R, JobPanic> {
        self.slot.wait()
    }
}

pub fn as_completed<R: Send + 'static>(
    handles: Vec<Handle<R>>,
) -> impl Iterator<Item = (usize, Result<R, JobPanic>)> {
    let (sender, results) = mpsc::channel();
    for (place, handle) in handles.into_iter().enumerate() {
        let sender = sender.clone();
        handle.slot.when_done(move |outcome| drop(sender.send((place, outcome))));
    }
    drop(sender);
    results.into_iter()
}
