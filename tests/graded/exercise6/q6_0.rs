//! Checks of question 6.0: a pool that gives a handle for every job.

use std::marker::PhantomData;
use std::panic::panic_any;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use exercise6::{Handle, JobPanic, Pool, as_completed};
use harness::proptest::prelude::*;
use harness::{
    Gate, Rendezvous, checks, expect, expect_eq, fail, property, threads_now, wait_for_threads,
};

use harness::crew::{Chance, Watch, assert_met, in_time, unwrap};

checks! {
    "6.0/results" => every_handle_has_its_own_result,
    "6.0/together" => workers_run_together,
    "6.0/limit" => never_more_than_the_workers,
    "6.0/completion" => what_is_done_comes_first,
    "6.0/panic" => a_panic_is_an_error_and_no_more,
    "6.0/drop" => dropping_runs_everything_and_joins,
    "6.0/handles" => handles_are_promises_only,
}

/// A result that cannot be cloned, as many real ones.
#[derive(Debug, PartialEq)]
struct Text(String);

fn every_handle_has_its_own_result() {
    // By hand first: what hangs would hang again for every input.
    assert_results(&["a", "b", "ab"].map(str::to_owned), 2);
    let inputs = (prop::collection::vec("[a-d]{0,6}", 0..30), 1..=6_usize);
    property(60, inputs, |(texts, workers)| assert_results(&texts, workers));
    let many: Vec<String> = (0..300).map(|number| format!("n{number}")).collect();
    assert_results(&many, 3);
}

fn assert_results(texts: &[String], workers: usize) {
    let want: Vec<_> = texts.iter().map(|text| Ok(Text(text.to_uppercase()))).collect();
    let pool = Pool::new(workers);
    let submit = || -> Vec<Handle<Text>> {
        let texts = texts.iter().cloned();
        texts.map(|text| pool.submit(move || Text(text.to_uppercase()))).collect()
    };
    let jobs = format!("{workers} workers and a job str::to_uppercase for each of {texts:?}");
    let handles = submit();
    let got = in_time("waiting for every handle, the last one first", || {
        handles.into_iter().rev().map(Handle::wait).collect::<Vec<_>>()
    });
    let mut got = unwrap(got);
    got.reverse();
    expect_eq(format_args!("what the handles gave, with {jobs},"), &got, &want);

    // The last one first: a place in the list is no order of submission.
    let handles = submit().into_iter().rev().collect();
    let got = in_time("as_completed", || as_completed(handles).collect::<Vec<_>>());
    let mut got = unwrap(got);
    got.sort_by_key(|&(place, _)| place);
    let want: Vec<_> = want.into_iter().rev().enumerate().collect();
    expect_eq(
        format_args!("as_completed(the handles, the last one first), sorted, with {jobs},"),
        &got,
        &want,
    );
}

fn workers_run_together() {
    for count in [4, 19] {
        let rendezvous = Arc::new(Rendezvous::new(count));
        let pool = Pool::new(count);
        let handles: Vec<_> = (0..count)
            .map(|_| Arc::clone(&rendezvous))
            .map(|rendezvous| pool.submit(move || rendezvous.meet()))
            .collect();
        handles.into_iter().for_each(|handle| drop(handle.wait()));
        assert_met(&format!("{count} jobs submitted to a pool of {count} workers"), &rendezvous);
    }
    let nobody = in_time("Pool::new(0)", || drop(Pool::new(0)));
    expect(
        nobody.is_err(),
        "Pool::new(0) made a pool: without a worker no job can ever run, so 0 workers must panic.",
    );
}

fn never_more_than_the_workers() {
    for (workers, jobs) in [(3, 60), (1, 5)] {
        let watch = Arc::new(Watch::new(workers));
        let pool = Pool::new(workers);
        let watches = (0..jobs).map(|_| Arc::clone(&watch));
        let handles: Vec<_> = watches.map(|watch| pool.submit(move || watch.job())).collect();
        handles.into_iter().for_each(|handle| drop(handle.wait()));
        watch.assert_kept("the pool");
    }

    // One worker leaves no choice: the queue is first in, first out. The gate
    // keeps that worker from being quicker than whoever submits.
    let (begun, gate) = (Arc::new(AtomicUsize::new(0)), Arc::new(Gate::new()));
    let pool = Pool::new(1);
    let submit = || {
        let (begun, gate) = (Arc::clone(&begun), Arc::clone(&gate));
        pool.submit(move || {
            gate.wait();
            begun.fetch_add(1, Ordering::SeqCst)
        })
    };
    let handles: Vec<_> = (0..20).map(|_| submit()).collect();
    gate.open();
    let order: Vec<_> = handles.into_iter().map(Handle::wait).collect();
    expect_eq(
        "when each of 20 jobs began that were submitted to a pool of 1 worker",
        &order,
        &(0..20).map(Ok).collect(),
    );
    nobody_waits_behind_a_busy_worker();
}

fn nobody_waits_behind_a_busy_worker() {
    let gate = Arc::new(Gate::new());
    let pool = Pool::new(2);
    let held = {
        let gate = Arc::clone(&gate);
        pool.submit(move || gate.wait())
    };
    let others: Vec<_> = (0..6).map(|n| pool.submit(move || n)).collect();
    let what = "6 jobs of a pool with 2 workers, behind one that holds a worker";
    let results = in_time(what, move || others.into_iter().map(Handle::wait).collect::<Vec<_>>());
    let in_vain = gate.gave_up();
    gate.open();
    expect(
        results.is_ok() && !in_vain,
        format_args!(
            "{what}: some began only when that worker was free again, although the other one had \
             nothing to do. There is one queue for all workers, and who is free takes the next job."
        ),
    );
    expect_eq(what, &unwrap(results), &(0..6).map(Ok).collect());
    drop(held.wait());
}

fn what_is_done_comes_first() {
    let gates = [Gate::new(), Gate::new()].map(Arc::new);
    let pool = Pool::new(3);
    let handles = (0..3_usize)
        .map(|n| {
            let gate = gates.get(n).cloned();
            pool.submit(move || (n, gate.is_none_or(|gate| gate.wait())))
        })
        .collect();
    let first_come = "jobs 0 and 1 of 3 waited at gates, and job 2 was done at once";
    let held_back = |place: usize| -> ! {
        fail(format!(
            "as_completed held the result of job {place} back until jobs that stand before it in \
             the list were done: {first_come}. Yield whatever is done, in the order of completion."
        ))
    };
    let mut results = as_completed(handles);
    for place in [2, 1, 0] {
        let next = results.next();
        if gates.iter().any(|gate| gate.gave_up()) {
            held_back(place);
        }
        expect_eq(
            format_args!("as_completed: {first_come}; the result of job {place}"),
            &next,
            &Some((place, Ok((place, true)))),
        );
        if let Some(gate) = place.checked_sub(1).and_then(|before| gates.get(before)) {
            gate.open();
        }
    }
    expect_eq("as_completed, after the last result,", &results.next(), &None);

    // One worker does the first two before the third: they are done when asked for.
    let gate = Arc::new(Gate::new());
    let (one, two) = (Pool::new(1), Pool::new(1));
    let waiting = {
        let gate = Arc::clone(&gate);
        two.submit(move || usize::from(!gate.wait()))
    };
    let early = [one.submit(|| 1), one.submit(|| 2)];
    expect_eq("a third job of the same pool", &one.submit(|| 3).wait(), &Ok(3));
    let handles = [waiting].into_iter().chain(early).collect();
    let mut results = as_completed(handles);
    let mut ready: Vec<_> = results.by_ref().take(2).collect();
    gate.open();
    ready.sort_by_key(|&(place, _)| place);
    expect_eq(
        "as_completed over a waiting job of one pool and two jobs of another that were done before: \
         the first two results, sorted,",
        &ready,
        &vec![(1, Ok(1)), (2, Ok(2))],
    );
    expect_eq("the result after those", &results.next(), &Some((0, Ok(0))));
    let pool = Pool::new(2);
    let many = (0..2000).map(|n| pool.submit(move || n)).collect();
    let what = "as_completed of 2000 handles";
    let places = in_time(what, || as_completed(many).map(|(place, _)| place).collect::<Vec<_>>());
    let mut places = unwrap(places);
    places.sort_unstable();
    expect_eq(format_args!("{what}: the places, sorted,"), &places, &(0..2000).collect());
    let none: Vec<Handle<usize>> = Vec::new();
    let none = in_time("as_completed of no handles", || as_completed(none).count());
    expect_eq("as_completed(vec![]).count()", &unwrap(none), &0);
}

fn broken(message: &str) -> Result<u64, JobPanic> {
    Err(JobPanic { message: message.to_owned() })
}

fn a_panic_is_an_error_and_no_more() {
    type Job = fn() -> u64;
    let jobs: [(&str, Job, &str); 6] = [
        ("panic!(\"task 4 failed\")", || panic!("task 4 failed"), "task 4 failed"),
        (
            "panic!(\"task {task} failed\"), whose payload is a `String`,",
            || panic!("task {} failed", std::hint::black_box(4)),
            "task 4 failed",
        ),
        ("panic_any(4), whose payload is no text,", || panic_any(4), "a panic without a message"),
        ("panic!(\"\")", || panic!(""), ""),
        ("panic!(\"  two\\nlines \")", || panic!("  two\nlines "), "  two\nlines "),
        (
            "panic! with a text of 5000 letters",
            || panic!("{}", "x".repeat(5000)),
            &"x".repeat(5000),
        ),
    ];
    let pool = Arc::new(Pool::new(2));
    for (call, job, message) in jobs {
        let handle = pool.submit(job);
        let what = format!("waiting for a job that calls {call}");
        let outcome = unwrap(in_time(&what, move || handle.wait()));
        expect_eq(what, &outcome, &broken(message));
    }
    let handles = vec![pool.submit(jobs[0].1), pool.submit(|| 5), pool.submit(jobs[2].1)];
    let what = "as_completed of 3 jobs of which the first and the last panic, sorted,";
    let outcome = in_time(what, move || as_completed(handles).collect::<Vec<_>>());
    let mut outcome = unwrap(outcome);
    outcome.sort_by_key(|&(place, _)| place);
    let want =
        vec![(0, broken("task 4 failed")), (1, Ok(5)), (2, broken("a panic without a message"))];
    expect_eq(what, &outcome, &want);

    let rendezvous = Arc::new(Rendezvous::new(2));
    let handles = [(); 2].map(|()| {
        let rendezvous = Arc::clone(&rendezvous);
        pool.submit(move || rendezvous.meet())
    });
    let what = "2 jobs after 7 that panicked, in a pool of 2 workers";
    unwrap(in_time(what, move || handles.map(|handle| drop(handle.wait()))));
    assert_met(what, &rendezvous);
}

fn dropping_runs_everything_and_joins() {
    const JOBS: usize = 6;
    let threads = threads_now();
    let (ended, late) = (Arc::new(AtomicUsize::new(0)), Arc::new(Chance::default()));
    let returned = Arc::new(AtomicBool::new(false));
    let pool = Pool::new(2);
    let mut handles: Vec<_> = (0..JOBS)
        .map(|n| {
            let (ended, late) = (Arc::clone(&ended), Arc::clone(&late));
            let returned = Arc::clone(&returned);
            pool.submit(move || {
                // Still at work when `drop` returns, unless that waits.
                late.wait(|| returned.load(Ordering::SeqCst));
                ended.fetch_add(1, Ordering::SeqCst);
                n
            })
        })
        .collect();
    let last = handles.pop();
    drop(handles);
    let seen = in_time("dropping a pool with submitted jobs", {
        let (ended, returned) = (Arc::clone(&ended), Arc::clone(&returned));
        move || {
            drop(pool);
            let seen = ended.load(Ordering::SeqCst);
            returned.store(true, Ordering::SeqCst);
            seen
        }
    });
    let seen = unwrap(seen);
    expect(
        seen == JOBS,
        format_args!(
            "a pool of 2 workers with {JOBS} submitted jobs was dropped, and {seen} of them had \
             ended when `drop` returned: run what was submitted, and join the workers in `Drop`."
        ),
    );
    expect(
        wait_for_threads(threads),
        "a pool was dropped, and its threads are still there: end and join them in `Drop`.",
    );
    let what = "waiting for a handle whose pool is gone";
    let outcome = in_time(what, move || last.map(Handle::wait));
    expect_eq(what, &unwrap(outcome), &Some(Ok(JOBS - 1)));
    let unused = in_time("dropping a pool without jobs", || drop(Pool::new(3)));
    unwrap(unused);
    expect(
        wait_for_threads(threads),
        "a pool without jobs was dropped, and its threads are still there.",
    );
}

/// Tells whether a type can be cloned, at run time: the method of the type
/// itself goes before that of the trait, where its bound holds.
struct Probe<T>(PhantomData<T>);

trait CannotBeCloned {
    fn can_be_cloned(&self) -> bool {
        false
    }
}

impl<T> CannotBeCloned for Probe<T> {}

impl<T: Clone> Probe<T> {
    fn can_be_cloned(&self) -> bool {
        true
    }
}

/// Many jobs behind a worker that does not get to them.
fn the_queue_has_no_bound() {
    const JOBS: usize = 5000;
    let (pool, gate) = (Pool::new(1), Arc::new(Gate::new()));
    let held = {
        let gate = Arc::clone(&gate);
        pool.submit(move || gate.wait())
    };
    let what = format!("submitting {JOBS} jobs while the only worker is busy");
    // The pool comes back with the handles, for to drop it is to wait.
    let outcome = in_time(&what, move || {
        let handles: Vec<_> = (0..JOBS).map(|n| pool.submit(move || n)).collect();
        (pool, handles)
    });
    let in_vain = gate.gave_up();
    gate.open();
    expect(
        outcome.is_ok() && !in_vain,
        format_args!(
            "{what} did not come to its end before that worker was free again. `submit` queues and \
             returns at once: the queue has no bound."
        ),
    );
    drop(held.wait());
}

fn handles_are_promises_only() {
    const JOBS: usize = 100;
    let (gate, run) = (Arc::new(Gate::new()), Arc::new(AtomicUsize::new(0)));
    let pool = Arc::new(Pool::new(1));
    let first = {
        let gate = Arc::clone(&gate);
        pool.submit(move || gate.wait())
    };
    let queued = in_time(&format!("submitting {JOBS} jobs while the worker is busy"), {
        let (pool, run, gate) = (Arc::clone(&pool), Arc::clone(&run), Arc::clone(&gate));
        move || {
            for _ in 0..JOBS {
                let run = Arc::clone(&run);
                let _ = pool.submit(move || run.fetch_add(1, Ordering::SeqCst));
            }
            gate.gave_up()
        }
    });
    gate.open();
    expect(
        !unwrap(queued),
        format_args!("submitting {JOBS} jobs waited for the worker: submit returns at once."),
    );
    expect_eq("the first job", &first.wait(), &Ok(true));
    // What a stream has asked for and nobody takes is lost, and no more than that.
    let (gate, done) = (Arc::new(Gate::new()), pool.submit(|| 1));
    let held = {
        let gate = Arc::clone(&gate);
        pool.submit(move || if gate.wait() { 2 } else { 0 })
    };
    let mut stream = as_completed(vec![done, held, pool.submit(|| 3)]);
    let first = stream.next();
    drop(stream);
    gate.open();
    expect(first.is_some(), "as_completed of 3 jobs yielded nothing.");
    let last = pool.submit(|| 4);
    let what = "a job after handles and a stream of results were dropped";
    expect_eq(what, &unwrap(in_time(what, move || last.wait())), &Ok(4));
    // Which of them comes first is another check's affair: all are run when it is gone.
    unwrap(in_time("dropping that pool", move || drop(pool)));
    let run = run.load(Ordering::SeqCst);
    expect(
        run == JOBS,
        format_args!(
            "the handles of {JOBS} jobs were dropped, and {run} of these jobs were run: a dropped \
             handle gives up the result and cancels nothing."
        ),
    );
    let (number, handle) = (Probe::<u64>(PhantomData), Probe::<Handle<u64>>(PhantomData));
    expect(
        number.can_be_cloned() && !handle.can_be_cloned(),
        "Handle can be cloned, and so two may wait for one result, of which there is only one. \
         Do not derive `Clone` for it: then the compiler refuses the second wait.",
    );
    the_queue_has_no_bound();
}
