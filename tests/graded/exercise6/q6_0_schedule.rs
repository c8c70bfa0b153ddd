//! The schedule check of question 6.0: a pool of handles under many orders of
//! its steps.

use exercise6_model::{Pool, as_completed};
use harness::model::sync::Arc;
use harness::model::sync::atomic::{AtomicUsize, Ordering};
use harness::model::thread::yield_now;
use harness::{checks, expect, expect_eq, schedules};

checks! {
    "6.0/schedule" => no_order_of_steps_breaks_the_pool,
}

fn no_order_of_steps_breaks_the_pool() {
    schedules("waiting for the handles of 3 jobs, the last one first, with 2 workers", || {
        let pool = Pool::new(2);
        let handles: Vec<_> = (0..3).map(|n| pool.submit(move || slow(n))).collect();
        for (n, handle) in handles.into_iter().enumerate().rev() {
            expect_eq(format_args!("the result of job {n}"), &handle.wait(), &Ok(n));
        }
    });
    schedules("as_completed of the handles of 3 jobs, with 2 workers", || {
        let pool = Pool::new(2);
        let handles = (0..3).map(|n| pool.submit(move || slow(n))).collect();
        let mut got: Vec<_> = as_completed(handles).collect();
        got.sort_by_key(|&(place, _)| place);
        let want = vec![(0, Ok(0)), (1, Ok(1)), (2, Ok(2))];
        expect_eq("as_completed of the handles of 3 jobs, sorted,", &got, &want);
    });
    schedules("dropping a pool of 2 workers with 3 jobs, one of them with a handle", || {
        let pool = Pool::new(2);
        let done = Arc::new(AtomicUsize::new(0));
        let job = |n| {
            let done = Arc::clone(&done);
            move || {
                let result = slow(n);
                done.fetch_add(1, Ordering::SeqCst);
                result
            }
        };
        let _ = pool.submit(job(0));
        let kept = pool.submit(job(1));
        let _ = pool.submit(job(2));
        drop(pool);
        let jobs = done.load(Ordering::SeqCst);
        expect(
            jobs == 3,
            format_args!("the pool was dropped when {jobs} of its 3 jobs had been run."),
        );
        expect_eq("the result of job 1 after that", &kept.wait(), &Ok(1));
    });
}

/// A job during which others may get on.
fn slow(n: usize) -> usize {
    yield_now();
    n
}
