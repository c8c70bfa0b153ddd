//! Checks of question 4.1: a pool of workers.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use exercise4::{pool_imap, pool_imap_unordered, pool_map};
use harness::proptest::prelude::*;
use harness::{
    Gate, InFlight, Rendezvous, checks, counted, expect, expect_eq, fail, property, threads_now,
    wait_for_threads,
};

use harness::crew::{Chance, Watch, assert_broken, assert_met, break_down, in_time, unwrap};

// A module of this question alone: it goes with it when it is not built.
#[path = "queue.rs"]
mod queue;

checks! {
    "4.1/order" => every_result_in_its_place,
    "4.1/edges" => nothing_to_do_and_nobody_to_do_it,
    "4.1/together" => workers_run_together,
    "4.1/limit" => never_more_than_the_workers,
    "4.1/uneven" => a_long_job_holds_nobody_back,
    "4.1/lazy" => the_first_result_comes_before_the_last_job,
    "4.1/unordered" => what_finishes_first_comes_first,
    "4.1/read-ahead" => the_lead_is_bounded,
    "4.1/panic" => a_panic_reaches_the_caller,
    "4.1/drop" => dropping_stops_and_joins,
}

type Items = Box<dyn Iterator<Item = u64> + Send>;
type Job = Box<dyn Fn(u64) -> u64 + Send + Sync>;
type Results = Box<dyn Iterator<Item = u64>>;
type Start = fn(Items, usize, Job) -> Results;

/// The two streams, for what they have in common.
const STREAMS: [(&str, Start); 2] = [
    ("pool_imap", |items, workers, job| Box::new(pool_imap(items, workers, job))),
    ("pool_imap_unordered", |items, workers, job| {
        Box::new(pool_imap_unordered(items, workers, job))
    }),
];

fn every_result_in_its_place() {
    let squares: Vec<u64> = (0..100).map(|n| n * n).collect();
    expect_eq(
        "pool_map(vec![0, 1, …, 99], 4, |n| n * n)",
        &pool_map((0..100).collect(), 4, |n: u64| n * n),
        &squares,
    );
    expect(
        pool_map((0..100_000).collect(), 4, |n: u64| n).into_iter().eq(0..100_000),
        "pool_map(vec![0, 1, …, 99 999], 4, |n| n) gave other numbers, or in another order.",
    );
    // Job 0 ends after job 1: where results are put down as they come, it shows.
    // That job 2 has begun proves it, as only the other worker can have got so far.
    let turned = || {
        let gate = Gate::new();
        move |n: u64| {
            match n {
                0 => _ = gate.wait(),
                2 => gate.open(),
                _ => {}
            }
            n
        }
    };
    let late = "with a job 0 that ends after job 1";
    expect_eq(
        format_args!("pool_map(vec![0, 1, 2], 2, job), {late},"),
        &pool_map(vec![0, 1, 2], 2, turned()),
        &vec![0, 1, 2],
    );
    expect_eq(
        format_args!("pool_imap([0, 1, 2], 2, job), {late},"),
        &pool_imap([0, 1, 2], 2, turned()).collect::<Vec<_>>(),
        &vec![0, 1, 2],
    );
    let inputs = (prop::collection::vec("[a-d]{0,6}", 0..30), 1..=6_usize);
    property(60, inputs, |(texts, workers)| {
        let want: Vec<String> = texts.iter().map(|text| text.to_uppercase()).collect();
        let shout = |text: String| text.to_uppercase();
        let call = format!("({texts:?}, {workers}, str::to_uppercase)");
        expect_eq(format_args!("pool_map{call}"), &pool_map(texts.clone(), workers, shout), &want);
        let in_order: Vec<String> = pool_imap(texts.clone(), workers, shout).collect();
        expect_eq(format_args!("pool_imap{call}"), &in_order, &want);
        let mut in_any: Vec<String> = pool_imap_unordered(texts, workers, shout).collect();
        in_any.sort();
        let mut want = want;
        want.sort();
        expect_eq(format_args!("pool_imap_unordered{call}, sorted,"), &in_any, &want);
    });
}

fn nothing_to_do_and_nobody_to_do_it() {
    let next = |n: u64| n + 1;
    let few =
        in_time("pool_map of 3 items with 32 workers", move || pool_map(vec![1, 2, 3], 32, next));
    expect_eq("pool_map(vec![1, 2, 3], 32, |n| n + 1)", &unwrap(few), &vec![2, 3, 4]);
    let none = in_time("pool_map without items", move || pool_map(Vec::new(), 3, next));
    expect_eq("pool_map(vec![], 3, |n| n + 1)", &unwrap(none), &Vec::new());
    for (name, start) in STREAMS {
        let few = in_time(&format!("{name} of 3 items with 32 workers"), move || {
            start(Box::new(1..=3), 32, Box::new(next)).collect::<Vec<_>>()
        });
        let mut few = unwrap(few);
        few.sort_unstable();
        expect_eq(format_args!("{name}([1, 2, 3], 32, |n| n + 1), sorted,"), &few, &vec![2, 3, 4]);
        let none = in_time(&format!("{name} without items"), move || {
            start(Box::new(0..0), 3, Box::new(next)).next()
        });
        expect_eq(format_args!("{name}([], 3, |n| n + 1).next()"), &unwrap(none), &None);
    }
    let nobody = "without a worker no job can ever run, so 0 workers must panic";
    let call = "pool_map with 0 workers";
    let outcome = in_time(call, move || pool_map(vec![1, 2], 0, next));
    expect(outcome.is_err(), format_args!("{call} returned {outcome:?}: {nobody}."));
    let call = "pool_map(vec![], 0, |n| n + 1)";
    let outcome = in_time(call, move || pool_map(Vec::new(), 0, next));
    expect(
        outcome.is_err(),
        format_args!("{call} returned {outcome:?}: {nobody}, also without an item."),
    );
    for (name, start) in STREAMS {
        for (items, what) in [(1..3, "0 workers"), (0..0, "0 workers and no items")] {
            let call = format!("{name} with {what}");
            let outcome = in_time(&call, move || start(Box::new(items), 0, Box::new(next)).next());
            expect(outcome.is_err(), format_args!("{call} yielded {outcome:?}: {nobody}."));
        }
    }
}

fn workers_run_together() {
    for count in [4, 19] {
        let rendezvous = Rendezvous::new(count);
        pool_map(vec![(); count], count, |()| rendezvous.meet());
        assert_met(&format!("pool_map of {count} items with {count} workers"), &rendezvous);
        for (name, start) in STREAMS {
            let rendezvous = Arc::new(Rendezvous::new(count));
            let meeting = Arc::clone(&rendezvous);
            let items = Box::new(0..count as u64);
            start(items, count, Box::new(move |n| (meeting.meet(), n).1)).for_each(drop);
            assert_met(&format!("{name} of {count} items with {count} workers"), &rendezvous);
        }
    }
}

fn never_more_than_the_workers() {
    for (workers, jobs) in [(3, 60), (1, 5)] {
        let watch = Watch::new(workers);
        pool_map((0..jobs).collect(), workers, |_: u64| watch.job());
        watch.assert_kept("pool_map");
        for (name, start) in STREAMS {
            let watch = Arc::new(Watch::new(workers));
            let seen = Arc::clone(&watch);
            start(Box::new(0..jobs), workers, Box::new(move |n| (seen.job(), n).1)).for_each(drop);
            watch.assert_kept(name);
        }
    }
}

fn a_long_job_holds_nobody_back() {
    let (gate, others) = (Gate::new(), AtomicUsize::new(0));
    let done = pool_map((0..8).collect(), 2, |n| {
        if n == 0 {
            gate.wait();
            return others.load(Ordering::SeqCst);
        }
        if others.fetch_add(1, Ordering::SeqCst) + 1 == 7 {
            gate.open();
        }
        7
    });
    if gate.gave_up() {
        fail(format!(
            "pool_map of 8 items with 2 workers: while one worker was still busy with item 0, only \
             {} of the 7 other items were done; the rest stood behind item 0. Do not share the \
             items out beforehand: a worker takes the next item when it is free.",
            done[0]
        ));
    }
}

fn the_first_result_comes_before_the_last_job() {
    let gate = Arc::new(Gate::new());
    let last = Arc::clone(&gate);
    let mut results = pool_imap(0..8_u64, 2, move |n| {
        if n == 7 {
            last.wait();
        }
        n
    });
    let first = results.next();
    gate.open();
    expect(
        !gate.gave_up(),
        "pool_imap yielded nothing before the last item had run: item 7 waited for the caller to \
         have item 0. Yield each result when its turn has come instead of collecting them all.",
    );
    let got: Vec<u64> = first.into_iter().chain(results).collect();
    expect_eq("pool_imap(0..8, 2, |n| n)", &got, &(0..8).collect());
}

fn what_finishes_first_comes_first() {
    let gate = Arc::new(Gate::new());
    let slow = Arc::clone(&gate);
    let mut results = pool_imap_unordered(0..8_u64, 2, move |n| {
        if n == 0 {
            slow.wait();
        }
        n
    });
    let quick: Vec<u64> = results.by_ref().take(7).collect();
    gate.open();
    expect(
        !gate.gave_up(),
        format_args!(
            "pool_imap_unordered held results back until item 0 was done, which waited for the \
             caller to have the 7 others; it yielded {quick:?} first. Yield whatever is ready."
        ),
    );
    let mut sorted = quick;
    sorted.sort_unstable();
    expect_eq("the first 7 results while item 0 is still at work", &sorted, &(1..8).collect());
    expect_eq("the results after that", &results.collect::<Vec<_>>(), &vec![0]);
}

fn the_lead_is_bounded() {
    // One worker tells `2 * workers` from `2 + workers`, three from `4`.
    for workers in 1..=3 {
        the_lead_is_bounded_with(workers);
        a_slow_caller_is_not_run_away_from(workers);
    }
}

/// What is finished and waits for the caller counts as much as what is at work.
fn a_slow_caller_is_not_run_away_from(workers: usize) {
    for (name, start) in STREAMS {
        let (items, pulls) = counted(0..1000_u64, usize::MAX);
        let ended = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&ended);
        let job = move |n| {
            count.fetch_add(1, Ordering::SeqCst);
            n
        };
        let mut results = start(Box::new(items), workers, Box::new(job));
        for yielded in 1..=6 {
            results.next();
            let lead_allowed = yielded + 2 * workers;
            Chance::default().wait(|| {
                let pulled = pulls.pulled();
                pulled > lead_allowed || ended.load(Ordering::SeqCst) == pulled
            });
            let pulled = pulls.pulled();
            expect(
                pulled <= lead_allowed,
                format_args!(
                    "{name} with {workers} worker(s), whose caller takes its time, had yielded {yielded} \
                     results and taken {pulled} items: at most 2 * workers = {} may be taken beyond those \
                     yielded, and a result that waits for the caller is one of these.",
                    2 * workers
                ),
            );
        }
    }
}

fn the_lead_is_bounded_with(workers: usize) {
    let lead_allowed = 2 * workers;
    for (name, start) in STREAMS {
        let (items, pulls) = counted(0..1000_u64, usize::MAX);
        let (seen, at_item_0) = (pulls.clone(), Arc::new(AtomicUsize::new(0)));
        let (record, gate) = (Arc::clone(&at_item_0), Gate::new());
        let ordered = name == "pool_imap";
        let job = move |n| {
            if n == 0 {
                // A pool without a bound runs away while its first result is due.
                Chance::default().wait(|| seen.pulled() > lead_allowed);
                record.store(seen.pulled(), Ordering::SeqCst);
                gate.open();
            } else if !ordered {
                gate.wait();
            }
            n
        };
        let mut results = start(Box::new(items), workers, Box::new(job));
        results.next();
        let lead = at_item_0.load(Ordering::SeqCst);
        let rule =
            format!("at most 2 * workers = {lead_allowed} items may be taken beyond those yielded");
        expect(
            lead <= lead_allowed,
            format_args!(
                "{name} with {workers} worker(s) had taken {lead} items before its first result was there: {rule}."
            ),
        );
        Chance::default().wait(|| pulls.pulled() > lead_allowed + 1);
        let pulled = pulls.pulled();
        expect(
            pulled <= lead_allowed + 1,
            format_args!(
                "{name} with {workers} worker(s) had yielded 1 result and taken {pulled} items, though \
                 nobody asked for a second one: {rule}."
            ),
        );
    }
}

/// Job 3 of many panics: the fourth result of the ordered stream tells it. The
/// other stream may yield any number of results while a panic is on its way.
fn the_panic_does_not_wait_for_the_end() {
    let job = |n| if n == 3 { break_down(n) } else { n };
    let call = "pool_imap of 1000 items with 2 workers, where job 3 panics";
    let outcome = in_time(call, move || pool_imap(0..1000, 2, job).take(4).collect::<Vec<_>>());
    if let Ok(results) = &outcome {
        fail(format!(
            "{call}: the first 4 results were {results:?}. The panic of a job is raised by the `next` \
             that would have yielded its result, and not at the end."
        ));
    }
    assert_broken(call, outcome);
}

fn a_panic_reaches_the_caller() {
    the_panic_does_not_wait_for_the_end();
    for (when, broken) in [("one job panics", [3, 3]), ("every job panics", [0, 19])] {
        let job = move |n| if (broken[0]..=broken[1]).contains(&n) { break_down(n) } else { n };
        let call = format!("pool_map of 20 items with 4 workers, where {when},");
        assert_broken(&call, in_time(&call, move || pool_map((0..20).collect(), 4, job)));
        for (name, start) in STREAMS {
            let threads = threads_now();
            let call = format!("{name} of 20 items with 4 workers, where {when},");
            let outcome = in_time(&call, move || {
                start(Box::new(0..20), 4, Box::new(job)).collect::<Vec<_>>()
            });
            assert_broken(&call, outcome);
            expect(
                wait_for_threads(threads),
                format_args!("{call} left threads behind: end and join them in every case."),
            );
        }
    }
}

fn dropping_stops_and_joins() {
    const ITEMS: u64 = 2000;
    for (name, start) in STREAMS {
        let threads = threads_now();
        let jobs = Arc::new(InFlight::new());
        let (returned, late) = (Arc::new(AtomicBool::new(false)), Chance::default());
        let job = {
            let (jobs, returned) = (Arc::clone(&jobs), Arc::clone(&returned));
            move |n| {
                let _running = jobs.enter();
                if n > 0 {
                    // Still at work when `drop` returns, unless that waits.
                    late.wait(|| returned.load(Ordering::SeqCst));
                }
                n
            }
        };
        let dropped = in_time(&format!("dropping {name} after its first result"), {
            let jobs = Arc::clone(&jobs);
            move || {
                let mut results = start(Box::new(0..ITEMS), 2, Box::new(job));
                results.next();
                Chance::default().wait(|| jobs.now() > 0);
                drop(results);
                let seen = (jobs.now(), jobs.started());
                returned.store(true, Ordering::SeqCst);
                seen
            }
        });
        let (running, started) = unwrap(dropped);
        let after = format!("{name} was dropped after the first of {ITEMS} results");
        expect(
            running == 0,
            format_args!(
                "{after}, and {running} jobs were still running: join the workers in `Drop`."
            ),
        );
        expect(
            started < ITEMS as usize / 2,
            format_args!("{after}, and yet {started} jobs were run: stop the workers in `Drop`."),
        );
        expect(
            wait_for_threads(threads),
            format_args!("{after}, and its threads are still there: end and join them in `Drop`."),
        );
        expect_eq(
            format_args!("{after}: the number of jobs started, a while later,"),
            &jobs.started(),
            &started,
        );
    }
    queue::what_waits_is_not_begun();
}
