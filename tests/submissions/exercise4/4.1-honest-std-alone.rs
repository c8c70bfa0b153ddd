//! The channels of the standard library behind a lock, and results that come early wait in a map.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

pub fn pool_map<T: Send, R: Send>(
    items: Vec<T>,
    workers: usize,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    assert_ne!(workers, 0);
    let count = items.len();
    let queue = Mutex::new(items.into_iter().enumerate());
    let mut done = BTreeMap::new();
    std::thread::scope(|scope| {
        let work = || {
            let mut results = Vec::new();
            loop {
                let task = queue.lock().unwrap().next();
                let Some((number, item)) = task else { return results };
                results.push((number, job(item)));
            }
        };
        let threads: Vec<_> = (0..workers.min(count)).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            match thread.join() {
                Ok(results) => done.extend(results),
                Err(payload) => resume_unwind(payload),
            }
        }
    });
    done.into_values().collect()
}

struct Stream<I: Iterator, R> {
    items: Fuse<I>,
    in_order: bool,
    window: usize,
    taken: usize,
    given: usize,
    early: BTreeMap<usize, Outcome<R>>,
    tasks: Option<mpsc::Sender<(usize, I::Item)>>,
    results: mpsc::Receiver<(usize, Outcome<R>)>,
    closed: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

fn stream<T, R, I, F>(items: I, workers: usize, job: F, in_order: bool) -> Stream<I::IntoIter, R>
where
    I: IntoIterator<Item = T>,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    assert!(workers >= 1);
    let (tasks, queue) = mpsc::channel::<(usize, T)>();
    let (answer, results) = mpsc::channel();
    let shared = Arc::new((job, Mutex::new(queue)));
    let closed = Arc::new(AtomicBool::new(false));
    let threads = (0..workers)
        .map(|_| {
            let (shared, closed, answer) = (shared.clone(), closed.clone(), answer.clone());
            std::thread::spawn(move || {
                loop {
                    let task = shared.1.lock().unwrap().recv();
                    let Ok((number, item)) = task else { return };
                    if closed.load(Ordering::SeqCst) {
                        return;
                    }
                    let outcome = catch_unwind(AssertUnwindSafe(|| (shared.0)(item)));
                    if answer.send((number, outcome)).is_err() {
                        return;
                    }
                }
            })
        })
        .collect();
    Stream {
        items: items.into_iter().fuse(),
        in_order,
        window: 2 * workers,
        taken: 0,
        given: 0,
        early: BTreeMap::new(),
        tasks: Some(tasks),
        results,
        closed,
        threads,
    }
}

impl<I: Iterator, R> Iterator for Stream<I, R> {
    type Item = R;

    fn next(&mut self) -> Option<R> {
        while self.taken - self.given < self.window {
            let Some(item) = self.items.next() else { break };
            self.tasks.as_ref().unwrap().send((self.taken, item)).ok();
            self.taken += 1;
        }
        if self.given == self.taken {
            return None;
        }
        let outcome = loop {
            if let Some(outcome) = self.early.remove(&self.given) {
                break outcome;
            }
            let (number, outcome) = self.results.recv().unwrap();
            if !self.in_order {
                break outcome;
            }
            self.early.insert(number, outcome);
        };
        self.given += 1;
        match outcome {
            Ok(result) => Some(result),
            Err(payload) => resume_unwind(payload),
        }
    }
}

impl<I: Iterator, R> Drop for Stream<I, R> {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::SeqCst);
        self.tasks.take();
        for thread in self.threads.drain(..) {
            thread.join().ok();
        }
    }
}

pub fn pool_imap<T, R, I, F>(items: I, workers: usize, job: F) -> impl Iterator<Item = R>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    stream(items, workers, job, true)
}

pub fn pool_imap_unordered<T, R, I, F>(items: I, workers: usize, job: F) -> impl Iterator<Item = R>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    stream(items, workers, job, false)
}
