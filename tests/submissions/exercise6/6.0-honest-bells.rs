//! A bell that the jobs of a stream ring, and one that the handle waits for.

use std::collections::VecDeque;
use std::sync::mpsc;

/// Numbers that were rung, in their order.
#[derive(Default)]
struct Bell {
    rung: Mutex<VecDeque<usize>>,
    changed: Condvar,
}

impl Bell {
    fn ring(&self, number: usize) {
        self.rung.lock().unwrap().push_back(number);
        self.changed.notify_all();
    }

    fn wait(&self) -> usize {
        let mut rung = self.rung.lock().unwrap();
        loop {
            match rung.pop_front() {
                Some(number) => return number,
                None => rung = self.changed.wait(rung).unwrap(),
            }
        }
    }
}

pub struct Handle<R> {
    place: Arc<Mutex<Place<R>>>,
}

struct Place<R> {
    outcome: Option<Outcome<R>>,
    bell: Option<(Arc<Bell>, usize)>,
}

pub struct Pool {
    tasks: Option<mpsc::Sender<Task>>,
    workers: Vec<JoinHandle<()>>,
}

impl Pool {
    pub fn new(workers: usize) -> Self {
        if workers == 0 {
            panic!("no workers");
        }
        let (tasks, queue) = mpsc::channel::<Task>();
        let queue = Arc::new(Mutex::new(queue));
        let mut threads = vec![];
        for _ in 0..workers {
            let queue = Arc::clone(&queue);
            threads.push(std::thread::spawn(move || {
                loop {
                    let next = queue.lock().unwrap().recv();
                    match next {
                        Ok(task) => task(),
                        Err(_) => break,
                    }
                }
            }));
        }
        Self { tasks: Some(tasks), workers: threads }
    }

    pub fn submit<R, F>(&self, job: F) -> Handle<R>
    where
        R: Send + 'static,
        F: FnOnce() -> R + Send + 'static,
    {
        let place = Arc::new(Mutex::new(Place { outcome: None, bell: None }));
        let other = Arc::clone(&place);
        let task = move || {
            let outcome = catch_unwind(AssertUnwindSafe(job))
                .map_err(|payload| JobPanic::from_payload(payload.as_ref()));
            let mut place = other.lock().unwrap();
            place.outcome = Some(outcome);
            if let Some((bell, number)) = place.bell.take() {
                bell.ring(number);
            }
        };
        self.tasks.as_ref().unwrap().send(Box::new(task)).unwrap();
        Handle { place }
    }
}

impl<R> Handle<R> {
    fn hang(&self, bell: &Arc<Bell>, number: usize) {
        let mut place = self.place.lock().unwrap();
        if place.outcome.is_some() {
            bell.ring(number);
        } else {
            place.bell = Some((Arc::clone(bell), number));
        }
    }

    pub fn wait(self) -> Result<R, JobPanic> {
        let bell = Arc::new(Bell::default());
        self.hang(&bell, 0);
        bell.wait();
        let outcome = self.place.lock().unwrap().outcome.take();
        outcome.unwrap()
    }
}

pub fn as_completed<R: Send + 'static>(
    handles: Vec<Handle<R>>,
) -> impl Iterator<Item = (usize, Result<R, JobPanic>)> {
    let bell = Arc::new(Bell::default());
    for (number, handle) in handles.iter().enumerate() {
        handle.hang(&bell, number);
    }
    let mut left = handles.len();
    let mut handles: Vec<Option<Handle<R>>> = handles.into_iter().map(Some).collect();
    std::iter::from_fn(move || {
        left = left.checked_sub(1)?;
        let number = bell.wait();
        Some((number, handles[number].take()?.wait()))
    })
}
