//! Queues of its own on `Mutex` and `Condvar`, which anybody can close.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};

/// A queue with `capacity` places.
struct Queue<T> {
    state: Mutex<(VecDeque<T>, usize, bool)>,
    changed: Condvar,
    capacity: usize,
}

impl<T> Queue<T> {
    fn new(capacity: usize, givers: usize) -> Self {
        Self {
            state: Mutex::new((VecDeque::new(), givers, false)),
            changed: Condvar::new(),
            capacity,
        }
    }

    /// Whether the item was taken.
    fn put(&self, item: T) -> bool {
        let state = self.state.lock().unwrap();
        let mut state = self
            .changed
            .wait_while(state, |state| state.0.len() >= self.capacity && !state.2)
            .unwrap();
        if state.2 {
            return false;
        }
        state.0.push_back(item);
        self.changed.notify_all();
        true
    }

    fn take(&self) -> Option<T> {
        let state = self.state.lock().unwrap();
        let mut state = self
            .changed
            .wait_while(state, |state| state.0.is_empty() && state.1 > 0 && !state.2)
            .unwrap();
        if state.2 {
            return None;
        }
        let item = state.0.pop_front();
        self.changed.notify_all();
        item
    }
}

/// One that puts into a queue; without any, the queue is over.
struct Giver<'a, T>(&'a Queue<T>);

impl<T> Drop for Giver<'_, T> {
    fn drop(&mut self) {
        self.0.state.lock().unwrap().1 -= 1;
        self.0.changed.notify_all();
    }
}

/// Closes a queue for all when it goes.
struct Closer<'a, T>(&'a Queue<T>);

impl<T> Drop for Closer<'_, T> {
    fn drop(&mut self) {
        self.0.state.lock().unwrap().2 = true;
        self.0.changed.notify_all();
    }
}

type Tested = (usize, u64, Result<bool, WorkerFailed>);

pub fn summarize_primes(
    numbers: impl Iterator<Item = u64> + Send,
    workers: usize,
    capacity: usize,
    is_prime: impl Fn(u64) -> bool + Sync,
    mut progress: impl FnMut(&Summary) + Send,
) -> Result<Summary, WorkerFailed> {
    assert!(workers > 0 && capacity > 0);
    let tasks: Queue<u64> = Queue::new(capacity, 1);
    let results: Queue<Tested> = Queue::new(capacity, workers);
    std::thread::scope(|scope| {
        let (tasks, results, is_prime) = (&tasks, &results, &is_prime);
        scope.spawn(move || {
            let giver = Giver(tasks);
            for number in numbers {
                if !giver.0.put(number) {
                    break;
                }
            }
        });
        for worker in 0..workers {
            scope.spawn(move || {
                let giver = Giver(results);
                while let Some(number) = tasks.take() {
                    let verdict = attempt(number, is_prime);
                    let is_last = verdict.is_err();
                    if is_last {
                        drop(Closer(tasks));
                    }
                    if !giver.0.put((worker, number, verdict)) || is_last {
                        break;
                    }
                }
            });
        }
        let _closers = (Closer(tasks), Closer(results));
        let mut summary = Summary { by_worker: vec![0; workers], ..Default::default() };
        while let Some((worker, number, verdict)) = results.take() {
            let is_prime = verdict?;
            summary.tested += 1;
            summary.by_worker[worker] += 1;
            if is_prime {
                summary.primes += 1;
                summary.largest_prime =
                    Some(summary.largest_prime.map_or(number, |largest| largest.max(number)));
            }
            progress(&summary);
        }
        Ok(summary)
    })
}
