//! The schedule check of question 4.1: a pool under many orders of its steps.

use std::collections::BTreeSet;

use exercise4_model::{pool_imap, pool_imap_unordered, pool_map};
use harness::model::sync::Arc;
use harness::model::sync::atomic::{AtomicUsize, Ordering};
use harness::model::thread::yield_now;
use harness::{checks, expect, fail, schedules};

checks! {
    "4.1/schedule" => no_order_of_steps_breaks_the_pool,
}

type Job = Box<dyn Fn(usize) -> usize + Send + Sync>;
type Results = Box<dyn Iterator<Item = usize>>;
type Start = fn(usize, Job) -> Results;

const WORKERS: usize = 2;

const STREAMS: [(&str, Start); 2] = [
    ("pool_imap", |items, job| Box::new(pool_imap(0..items, WORKERS, job))),
    ("pool_imap_unordered", |items, job| Box::new(pool_imap_unordered(0..items, WORKERS, job))),
];

/// What the jobs of one call leave behind.
#[derive(Default)]
struct Log {
    /// Calls of the job, by item.
    calls: [AtomicUsize; 8],
    running: AtomicUsize,
}

impl Log {
    fn job(&self, item: usize) -> usize {
        self.running.fetch_add(1, Ordering::SeqCst);
        self.calls[item].fetch_add(1, Ordering::SeqCst);
        yield_now();
        self.running.fetch_sub(1, Ordering::SeqCst);
        item
    }

    fn calls(&self) -> usize {
        self.calls.iter().map(|calls| calls.load(Ordering::SeqCst)).sum()
    }
}

fn no_order_of_steps_breaks_the_pool() {
    // One item alone may be the caller's own affair.
    for items in [2, 4] {
        let call = format!("pool_map of {items} items with {WORKERS} workers");
        schedules(&call.clone(), move || {
            let log = Log::default();
            let results = pool_map((0..items).collect(), WORKERS, |item| log.job(item));
            expect_each_once(&call, &log, items, &results);
        });
    }
    for (name, start) in STREAMS {
        for items in [1, 6] {
            let call = format!("{name} of {items} items with {WORKERS} workers");
            schedules(&call.clone(), move || {
                let log = Arc::new(Log::default());
                let jobs = Arc::clone(&log);
                let results: Vec<usize> =
                    start(items, Box::new(move |item| jobs.job(item))).collect();
                expect_each_once(&call, &log, items, &results);
            });
        }
        let call = format!("dropping {name} after the first of 8 results");
        schedules(&call.clone(), move || {
            let log = Arc::new(Log::default());
            let jobs = Arc::clone(&log);
            let mut results = start(8, Box::new(move |item| jobs.job(item)));
            results.next();
            drop(results);
            let (running, calls) = (log.running.load(Ordering::SeqCst), log.calls());
            (0..20).for_each(|_| yield_now());
            expect(
                running == 0 && log.calls() == calls,
                format_args!(
                    "{call}: a worker was still at work afterwards. Join the workers in `Drop`."
                ),
            );
        });
    }
}

/// The order of the results has a check of its own.
fn expect_each_once(call: &str, log: &Log, items: usize, results: &[usize]) {
    for item in 0..items {
        let calls = log.calls[item].load(Ordering::SeqCst);
        if calls != 1 {
            fail(format!("{call}: the job of item {item} was run {calls} times instead of once."));
        }
    }
    let got: BTreeSet<usize> = results.iter().copied().collect();
    let lost: Vec<usize> = (0..items).filter(|item| !got.contains(item)).collect();
    expect(
        lost.is_empty() && results.len() == items,
        format_args!(
            "{call}: all {items} jobs were run, and {} results came: {results:?}; lost are those of {lost:?}.",
            results.len()
        ),
    );
}
