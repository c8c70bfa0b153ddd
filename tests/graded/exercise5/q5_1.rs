//! Checks of question 5.1: a producer, its workers and an aggregator.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use exercise5::{Summary, WorkerFailed, summarize_primes};
use harness::proptest::prelude::*;
use harness::{Gate, Rendezvous, checks, counted, expect, expect_eq, fail, heap, property, seed};
use records::numbers;

use harness::crew::{Chance, Watch, assert_met, comes_true, in_time, unwrap};
use witness::Seen;

// Modules of this question alone: they go with it when it is not built.
#[path = "failure.rs"]
mod failure;
#[path = "witness.rs"]
mod witness;

checks! {
    "5.1/summary" => every_number_is_tested_once,
    "5.1/roles" => each_stage_has_its_threads,
    "5.1/together" => workers_run_together,
    "5.1/capacity" => the_lead_is_bounded,
    "5.1/ends" => it_ends_in_every_order,
    "5.1/failure" => failure::a_failure_ends_it_all,
    "5.1/memory" => memory_does_not_grow_with_the_source,
}

/// Calls the student's function on a thread of its own, so that a hang ends
/// the check with words, and hands on its panic.
#[track_caller]
fn summarize(
    what: &str,
    numbers: impl Iterator<Item = u64> + Send + 'static,
    (workers, capacity): (usize, usize),
    is_prime: impl Fn(u64) -> bool + Send + Sync + 'static,
    progress: impl FnMut(&Summary) + Send + 'static,
) -> Result<Summary, WorkerFailed> {
    let call = move || summarize_primes(numbers, workers, capacity, is_prime, progress);
    unwrap(in_time(what, call))
}

fn is_prime(n: u64) -> bool {
    n >= 2 && (2..).take_while(|d| d * d <= n).all(|d| !n.is_multiple_of(d))
}

/// The first three figures of a summary, which do not depend on the workers.
fn figures(summary: &Summary) -> (u64, u64, Option<u64>) {
    (summary.tested, summary.primes, summary.largest_prime)
}

/// The figures as one thread finds them.
fn one_thread(numbers: &[u64]) -> (u64, u64, Option<u64>) {
    let primes: Vec<u64> = numbers.iter().copied().filter(|&n| is_prime(n)).collect();
    (numbers.len() as u64, primes.len() as u64, primes.iter().max().copied())
}

fn every_number_is_tested_once() {
    for (end, primes, largest) in [(100, 25, 97), (10_000, 1229, 9973)] {
        let call = format!("summarize_primes(0..{end}, 4, 8, is_prime, |_| {{}})");
        let summary = summarize(&call, 0..end, (4, 8), is_prime, |_| {});
        let want = Ok((end, primes, Some(largest)));
        let what = format!("{call}: tested, primes and largest_prime");
        expect_eq(what, &summary.map(|summary| figures(&summary)), &want);
    }
    let random = numbers::random(seed(), 1000, 1..=1000);
    let call = "summarize_primes of 1000 random numbers with 4 workers";
    let summary = summarize(call, random.clone().into_iter(), (4, 16), is_prime, |_| {});
    let what = format!("{call}: tested, primes and largest_prime");
    expect_eq(what, &summary.map(|summary| figures(&summary)), &Ok(one_thread(&random)));
    let call = "summarize_primes([], 4, 8, is_prime, |_| {})";
    let summary = summarize(call, std::iter::empty(), (4, 8), is_prime, |_| {});
    let what = format!("{call}: tested, primes and largest_prime");
    expect_eq(what, &summary.map(|summary| figures(&summary)), &Ok((0, 0, None)));

    // What a prime is, is the caller's affair.
    let call = "summarize_primes([0], 2, 2, |_| true, |_| {})";
    let summary = summarize(call, std::iter::once(0), (2, 2), |_| true, |_| {});
    let what = format!("{call}: tested, primes and largest_prime");
    expect_eq(what, &summary.map(|summary| figures(&summary)), &Ok((1, 1, Some(0))));

    // A few that 32 bits do not hold.
    let number = prop_oneof![30 => 0..60_u64, 1 => 1 << 32..(1 << 32) + 60_u64];
    let inputs = (prop::collection::vec(number, 0..80), 1..=6_usize, 1..=9_usize);
    property(80, inputs, |(numbers, workers, capacity)| {
        let call =
            format!("summarize_primes({numbers:?}, {workers}, {capacity}, is_prime, progress)");
        let (asked, told) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
        let (ask, tell) = (Arc::clone(&asked), Arc::clone(&told));
        let test = move |n| {
            ask.lock().unwrap_or_else(PoisonError::into_inner).push(n);
            is_prime(n)
        };
        let hear = move |summary: &Summary| {
            tell.lock().unwrap_or_else(PoisonError::into_inner).push(summary.clone());
        };
        let source = numbers.clone().into_iter();
        let summary = summarize(&call, source, (workers, capacity), test, hear)
            .unwrap_or_else(|error| fail(format!("{call}: got the error `{error}`")));
        let mut asked = std::mem::take(&mut *asked.lock().unwrap_or_else(PoisonError::into_inner));
        asked.sort_unstable();
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        expect_eq(format_args!("{call}: the numbers tested, sorted,"), &asked, &sorted);
        let what = format!("{call}: tested, primes and largest_prime");
        expect_eq(what, &figures(&summary), &one_thread(&numbers));
        expect_eq(
            format_args!("{call}: the entries of by_worker"),
            &summary.by_worker.len(),
            &workers,
        );
        let by_all: u64 = summary.by_worker.iter().sum();
        expect_eq(format_args!("{call}: the sum of by_worker"), &by_all, &summary.tested);
        let told = std::mem::take(&mut *told.lock().unwrap_or_else(PoisonError::into_inner));
        let counts: Vec<u64> = told.iter().map(|summary| summary.tested).collect();
        let want: Vec<u64> = (1..=numbers.len() as u64).collect();
        expect_eq(format_args!("{call}: `tested` at each call of progress"), &counts, &want);
        if let Some(last) = told.last() {
            expect_eq(format_args!("{call}: what progress heard last"), last, &summary);
        }
    });
    let call = "summarize_primes of 70 000 times 4 with 1 worker";
    let numbers = std::iter::repeat_n(4, 70_000);
    let heard = Arc::new(AtomicUsize::new(0));
    let hears = Arc::clone(&heard);
    let hear = move |_: &Summary| _ = hears.fetch_add(1, Ordering::SeqCst);
    let summary = summarize(call, numbers, (1, 64), |_| false, hear);
    let got = summary.map(|summary| (summary.tested, summary.by_worker));
    expect_eq(format_args!("{call}: tested and by_worker"), &got, &Ok((70_000, vec![70_000])));
    let heard = heard.load(Ordering::SeqCst);
    expect_eq(format_args!("{call}: the calls of progress"), &heard, &70_000);
}

fn each_stage_has_its_threads() {
    let stages = [Seen::default(), Seen::default(), Seen::default()];
    let [producer, workers, aggregator] = stages.clone();
    let numbers = (0..200).inspect(move |_| producer.here());
    let test = move |n| {
        workers.here();
        is_prime(n)
    };
    let call = "summarize_primes(0..200, 4, 8, is_prime, progress)";
    let summary = summarize(call, numbers, (4, 8), test, move |_| aggregator.here());
    expect_eq(
        format_args!("{call}: the numbers tested"),
        &summary.map(|summary| summary.tested),
        &Ok(200),
    );
    let [producer, workers, aggregator] = stages.map(|stage| stage.threads());
    for (who, threads) in
        [("numbers were taken from the source", &producer), ("progress was called", &aggregator)]
    {
        expect_eq(format_args!("{call}: the threads on which {who}"), &threads.len(), &1);
    }
    for (left, right, whose) in [
        (
            &producer,
            &workers,
            "takes numbers from the source and tests numbers: the producer and the workers",
        ),
        (&workers, &aggregator, "tests numbers and calls progress: the workers and the aggregator"),
        (
            &producer,
            &aggregator,
            "takes numbers from the source and calls progress: the producer and the aggregator",
        ),
    ] {
        expect(
            left.is_disjoint(right),
            format_args!("{call}: one thread {whose} need threads of their own."),
        );
    }
}

fn workers_run_together() {
    for (count, capacity) in [(4, 4), (4, 1), (19, 3)] {
        let rendezvous = Arc::new(Rendezvous::new(count));
        let meeting = Arc::clone(&rendezvous);
        let test = move |_| {
            meeting.meet();
            true
        };
        let call = format!(
            "summarize_primes of {count} numbers with {count} workers and {capacity} places"
        );
        let summary = summarize(&call, 0..count as u64, (count, capacity), test, |_| {});
        assert_met(&call, &rendezvous);
        expect_eq(
            format_args!("{call}, each of which tested one number: by_worker"),
            &summary.map(|summary| summary.by_worker),
            &Ok(vec![1; count]),
        );
    }
    let watch = Arc::new(Watch::new(3));
    let seen = Arc::clone(&watch);
    let test = move |_| {
        seen.job();
        true
    };
    let call = "summarize_primes of 60 numbers with 3 workers";
    expect(
        summarize(call, 0..60, (3, 8), test, |_| {}).is_ok(),
        format_args!("{call} returned an error, though no worker failed."),
    );
    watch.assert_kept("summarize_primes");
}

fn the_lead_is_bounded() {
    const MANY: u64 = 2000;
    for (workers, capacity) in [(4, 8), (1, 1), (3, 300)] {
        let (least, most) = (capacity + workers, capacity + workers + 1);
        let (numbers, pulls) = counted(0..MANY, usize::MAX);
        let (gate, lead) = (Gate::new(), Arc::new(AtomicUsize::new(0)));
        let seen = Arc::clone(&lead);
        let test = move |n| {
            if n == 0 {
                // First as far as it must get, then as far as it can.
                comes_true(|| pulls.pulled() >= least);
                Chance::default().wait(|| pulls.pulled() > most);
                seen.store(pulls.pulled(), Ordering::SeqCst);
                gate.open();
            }
            gate.wait();
            true
        };
        let call = format!("summarize_primes with {workers} workers and {capacity} places");
        let summary = summarize(&call, numbers, (workers, capacity), test, |_| {});
        let lead = lead.load(Ordering::SeqCst);
        let held = format!("{call}: while all workers were held up, {lead} numbers were taken");
        expect(
            lead <= most,
            format_args!(
                "{held}, but {most} is all there is room for: {capacity} in the queue, one with each \
                 worker, one in the producer's hand. The queue of numbers has no bound or more \
                 places, or there are more workers, or somebody takes a second number in hand."
            ),
        );
        expect(
            lead >= least,
            format_args!(
                "{held}, though the queue has room for {capacity} and each of the {workers} workers for \
                 one: the producer must not wait while there is a place."
            ),
        );
        let tested = summary.map(|summary| summary.tested);
        expect_eq(format_args!("{call}: the numbers tested in the end"), &tested, &Ok(MANY));
    }
    for (workers, capacity) in [(4, 8), (1, 1)] {
        let (least, most) = (2 * capacity + workers, 2 * capacity + workers + 2);
        let (numbers, pulls) = counted(0..MANY, usize::MAX);
        let lead = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&lead);
        let progress = move |summary: &Summary| {
            if summary.tested == 1 {
                comes_true(|| pulls.pulled() >= least);
                Chance::default().wait(|| pulls.pulled() > most);
                seen.store(pulls.pulled(), Ordering::SeqCst);
            }
        };
        let call = format!("summarize_primes with {workers} workers and {capacity} places");
        let summary = summarize(&call, numbers, (workers, capacity), is_prime, progress);
        let tested = summary.map(|summary| summary.tested);
        expect_eq(format_args!("{call}: the numbers tested in the end"), &tested, &Ok(MANY));
        let lead = lead.load(Ordering::SeqCst);
        expect(
            lead <= most,
            format_args!(
                "{call}: while the aggregator was held up in its first progress, {lead} numbers were \
                 taken, but {most} is all there is room for: {capacity} in each queue, one with each \
                 worker, with the producer and with the aggregator. The queue of results has no \
                 bound or more places, or somebody takes a second one in hand."
            ),
        );
        expect(
            lead >= least,
            format_args!(
                "{call}: while the aggregator was held up in its first progress, {lead} numbers were \
                 taken, though each of the two queues has room for {capacity}: a queue has fewer \
                 places than it was given."
            ),
        );
    }
}

fn it_ends_in_every_order() {
    for (workers, capacity) in [(1, 1), (8, 1), (3, 50)] {
        for count in [0, 1, 2] {
            let call = format!("summarize_primes(0..{count}, {workers}, {capacity}, …)");
            let summary = summarize(&call, 0..count, (workers, capacity), |_| false, |_| {});
            let figures = summary.map(|summary| (figures(&summary), summary.by_worker.len()));
            expect_eq(call, &figures, &Ok(((count, 0, None), workers)));
        }
    }
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let call =
            format!("summarize_primes(0..3, 3, 2, …), with tests that end in the order {order:?},");
        let meeting = Arc::new(Rendezvous::new(3));
        let all_in = Arc::clone(&meeting);
        let gates = Arc::new([Gate::new(), Gate::new(), Gate::new(), Gate::new()]);
        gates[0].open();
        let turns = Arc::clone(&gates);
        let test = move |n| {
            all_in.meet();
            let turn = order.iter().position(|&number| number == n).unwrap_or_default();
            turns[turn].wait();
            turns[turn + 1].open();
            true
        };
        let summary = summarize(&call, 0..3, (3, 2), test, |_| {});
        assert_met(&call, &meeting);
        expect_eq(call, &summary.map(|summary| summary.tested), &Ok(3));
    }
    // The end comes when every worker has long been waiting for a number.
    let gate = Arc::new(Gate::new());
    let last = Arc::clone(&gate);
    let late_end = std::iter::once_with(move || _ = last.wait()).flat_map(|()| None);
    let opener = Arc::clone(&gate);
    let progress = move |summary: &Summary| {
        if summary.tested == 10 {
            opener.open();
        }
    };
    let call = "summarize_primes of 10 numbers, whose source ends after the last result,";
    let summary = summarize(call, (0..10).chain(late_end), (4, 4), is_prime, progress);
    expect(
        !gate.gave_up(),
        format_args!(
            "{call}: the results were not summed up before the producer was done. All three stages \
             run at the same time."
        ),
    );
    expect_eq(call, &summary.map(|summary| summary.tested), &Ok(10));
    for (end, workers, capacity) in [(9, 0, 2), (9, 2, 0), (0, 0, 2), (0, 2, 0)] {
        let call = format!("summarize_primes(0..{end}, {workers}, {capacity}, …)");
        let outcome =
            in_time(&call, move || summarize_primes(0..end, workers, capacity, is_prime, |_| {}));
        expect(
            outcome.is_err(),
            format_args!(
                "{call} returned {outcome:?}: with 0 of either nothing can run, so it must panic."
            ),
        );
    }
}

fn memory_does_not_grow_with_the_source() {
    heap::measure(
        "numbers",
        &[2000, 16_000, 128_000],
        |count| count,
        |&count| {
            let call = format!("summarize_primes of {count} numbers with 1 worker");
            let (numbers, pulls) = counted(0..count, usize::MAX);
            // While the aggregator is held up, what has no bound fills up.
            let progress = move |summary: &Summary| {
                if summary.tested == 1 {
                    Chance::default().wait(|| pulls.pulled() as u64 > count);
                }
            };
            let summary = summarize(&call, numbers, (1, 64), |_| true, progress);
            let tested = summary.map(|summary| summary.tested);
            expect_eq(format_args!("{call}: the numbers tested"), &tested, &Ok(count));
        },
    );
}
