//! Question 4.1: a pool of workers that gives its results in three ways.

use std::any::Any;
use std::collections::VecDeque;
use std::iter::Fuse;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use crossbeam::channel::{Receiver, Sender, bounded};

/// Runs `job` on every item with `workers` threads, results in input order.
///
/// A locked iterator is the whole work queue: one short lock for each item,
/// far below the time of a job worth a thread. A channel would serve as well
/// and cost an allocation and two hand-overs. Every worker keeps its own
/// results until the end, so nothing is shared while jobs run; in exchange no
/// result can be used before the last one is there. After a panic the other
/// workers still empty the queue.
pub fn pool_map<T: Send, R: Send>(
    items: Vec<T>,
    workers: usize,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    assert!(workers > 0, "a pool needs at least one worker");
    let mut results: Vec<Option<R>> = std::iter::repeat_with(|| None).take(items.len()).collect();
    let queue = Mutex::new(items.into_iter().enumerate());
    // A closure of its own, so that the lock is free again while the job runs.
    let take = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        std::iter::from_fn(take)
            .map(|(index, item)| (index, job(item)))
            .collect::<Vec<(usize, R)>>()
    };
    std::thread::scope(|scope| {
        let crew: Vec<_> = (0..workers.min(results.len())).map(|_| scope.spawn(work)).collect();
        for worker in crew {
            for (index, result) in worker.join().unwrap_or_else(|panic| resume_unwind(panic)) {
                results[index] = Some(result);
            }
        }
    });
    results.into_iter().flatten().collect()
}

/// Runs `job` with `workers` threads and yields the results in input order.
///
/// Every item travels with the sending end of a channel of its own, and the
/// receiving ends wait in a queue: the order costs no sorting, only a small
/// allocation for each item. A slow item holds back the results behind it.
pub fn pool_imap<T, R, I, F>(items: I, workers: usize, job: F) -> impl Iterator<Item = R>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let crew = Crew::new(workers, move |(item, reply): (T, Sender<Outcome<R>>)| {
        // Nobody waits for the result once the iterator is dropped.
        let _ = reply.send(attempt(&job, item));
    });
    Ordered { items: items.into_iter().fuse(), pending: VecDeque::new(), crew }
}

/// Runs `job` with `workers` threads and yields what finishes first.
///
/// One channel for all results: a slow item delays nobody, but whoever needs
/// to know where a result belongs must let the job return that too.
pub fn pool_imap_unordered<T, R, I, F>(items: I, workers: usize, job: F) -> impl Iterator<Item = R>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let (reply, results) = bounded(read_ahead(workers));
    let crew = Crew::new(workers, move |item| {
        let _ = reply.send(attempt(&job, item));
    });
    Unordered { items: items.into_iter().fuse(), pending: 0, results, crew }
}

/// What became of a job: its result, or the payload of its panic.
type Outcome<R> = Result<R, Box<dyn Any + Send>>;

/// Runs the job so that its panic becomes a value and the worker lives on.
///
/// No broken state can be seen afterwards: the item is gone with the panic.
fn attempt<T, R>(job: impl Fn(T) -> R, item: T) -> Outcome<R> {
    catch_unwind(AssertUnwindSafe(|| job(item)))
}

/// The most items that are under way: one in the hands of each worker, and
/// one waiting for it, so that nobody idles while the caller is busy.
fn read_ahead(workers: usize) -> usize {
    2 * workers
}

/// Worker threads around a queue of tasks; dropping it ends and joins them.
struct Crew<T> {
    size: usize,
    work: Arc<dyn Fn(T) + Send + Sync>,
    tasks: Option<Sender<T>>,
    queue: Receiver<T>,
    workers: Vec<JoinHandle<()>>,
}

impl<T: Send + 'static> Crew<T> {
    fn new(size: usize, work: impl Fn(T) + Send + Sync + 'static) -> Self {
        assert!(size > 0, "a pool needs at least one worker");
        let (tasks, queue) = bounded(read_ahead(size));
        Self { size, work: Arc::new(work), tasks: Some(tasks), queue, workers: Vec::new() }
    }

    /// Queues a task; starts one more worker as long as the crew is not full,
    /// so that few items never start many threads.
    fn hand_over(&mut self, task: T) {
        if self.workers.len() < self.size {
            let (queue, work) = (self.queue.clone(), Arc::clone(&self.work));
            self.workers.push(std::thread::spawn(move || queue.iter().for_each(|task| work(task))));
        }
        if let Some(tasks) = &self.tasks {
            tasks.send(task).expect("the crew itself holds a receiver");
        }
    }
}

impl<T> Drop for Crew<T> {
    fn drop(&mut self) {
        // Without a sender the queue ends, and emptied it ends at once.
        self.tasks = None;
        self.queue.try_iter().for_each(drop);
        for worker in self.workers.drain(..) {
            // Jobs that panic are caught, so a worker always ends in peace.
            let _ = worker.join();
        }
    }
}

/// The iterator of [`pool_imap`].
///
/// The caller's own thread reads the items, whenever it asks for a result:
/// that bounds the read-ahead without any further lock.
struct Ordered<I: Iterator, R> {
    items: Fuse<I>,
    pending: VecDeque<Receiver<Outcome<R>>>,
    crew: Crew<(I::Item, Sender<Outcome<R>>)>,
}

impl<I, R> Iterator for Ordered<I, R>
where
    I: Iterator<Item: Send + 'static>,
    R: Send + 'static,
{
    type Item = R;

    fn next(&mut self) -> Option<R> {
        while self.pending.len() < read_ahead(self.crew.size)
            && let Some(item) = self.items.next()
        {
            let (reply, result) = bounded(1);
            self.pending.push_back(result);
            self.crew.hand_over((item, reply));
        }
        let outcome = self.pending.pop_front()?.recv().expect("every task is answered");
        Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)))
    }
}

/// The iterator of [`pool_imap_unordered`].
struct Unordered<I: Iterator, R> {
    items: Fuse<I>,
    pending: usize,
    results: Receiver<Outcome<R>>,
    crew: Crew<I::Item>,
}

impl<I, R> Iterator for Unordered<I, R>
where
    I: Iterator<Item: Send + 'static>,
{
    type Item = R;

    fn next(&mut self) -> Option<R> {
        while self.pending < read_ahead(self.crew.size)
            && let Some(item) = self.items.next()
        {
            self.pending += 1;
            self.crew.hand_over(item);
        }
        self.pending = self.pending.checked_sub(1)?;
        let outcome = self.results.recv().expect("every task is answered");
        Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)))
    }
}
