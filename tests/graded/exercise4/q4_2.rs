//! Checks of question 4.2: chunk sizes.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use exercise4::{best_chunk_size, map_chunked, sweep};
use harness::proptest::prelude::*;
use harness::{Gate, Rendezvous, checks, expect, expect_eq, property};

use harness::crew::{Watch, assert_broken, assert_met, break_down, in_time, unwrap};

checks! {
    "4.2/hand-overs" => one_call_for_each_chunk,
    "4.2/results" => equal_to_one_thread,
    "4.2/together" => chunks_run_together,
    "4.2/edges" => nothing_to_do_and_nobody_to_do_it,
    "4.2/sweep" => each_size_is_measured_once,
    "4.2/best" => the_shortest_time_wins,
}

/// The chunk sizes of the lesson's table.
const SIZES: [usize; 5] = [1, 10, 100, 1000, 10_000];

/// Asserts the number and the sizes of the chunks that a job was given.
#[track_caller]
fn expect_chunks(workers: usize, items: u64, chunk_size: usize) {
    let calls = Mutex::new(Vec::new());
    let numbers: Vec<u64> = (0..items).collect();
    map_chunked(&numbers, workers, chunk_size, |chunk| {
        let span = (chunk.first().copied(), chunk.len());
        calls.lock().unwrap_or_else(PoisonError::into_inner).push(span);
        chunk.to_vec()
    });
    let mut got = calls.into_inner().unwrap_or_else(PoisonError::into_inner);
    got.sort_unstable();
    let step = chunk_size as u64;
    let want: Vec<_> = (0..items.div_ceil(step))
        .map(|index| (Some(index * step), step.min(items - index * step) as usize))
        .collect();
    let call =
        format!("map_chunked of {items} items in chunks of {chunk_size}, with {workers} worker(s)");
    expect_eq(format_args!("{call}: the calls of the job"), &got.len(), &want.len());
    expect_eq(format_args!("{call}: the first item and the length of each chunk"), &got, &want);
}

fn one_call_for_each_chunk() {
    for workers in [3, 1] {
        for (items, chunk_size) in [(10, 3), (10, 5), (10, 10), (10, 100), (1, 1), (100, 7), (9, 4)]
        {
            expect_chunks(workers, items, chunk_size);
        }
    }
    SIZES.iter().for_each(|&chunk_size| expect_chunks(3, 100_000, chunk_size));
}

fn equal_to_one_thread() {
    let twice = |chunk: &[u64]| chunk.iter().map(|n| 2 * n).collect::<Vec<_>>();
    // One worker first: what is wrong here is wrong whatever ends first.
    expect_eq(
        "map_chunked(&[1, 2, 3, 4, 5], 1, 2, twice)",
        &map_chunked(&[1, 2, 3, 4, 5], 1, 2, twice),
        &vec![2, 4, 6, 8, 10],
    );
    // The first chunk ends after the second: that the third has begun proves it.
    let gate = Gate::new();
    let late = |chunk: &[u64]| {
        match chunk[0] {
            1 => _ = gate.wait(),
            5 => gate.open(),
            _ => {}
        }
        chunk.to_vec()
    };
    expect_eq(
        "map_chunked(&[1, 2, 3, 4, 5, 6], 2, 2, job), whose first chunk ends last,",
        &map_chunked(&[1, 2, 3, 4, 5, 6], 2, 2, late),
        &vec![1, 2, 3, 4, 5, 6],
    );
    let inputs = (prop::collection::vec(0..100_u64, 0..60), 1..=6_usize, 1..=70_usize);
    property(150, inputs, |(items, workers, chunk_size)| {
        let call = format!("map_chunked(&{items:?}, {workers}, {chunk_size}, ");
        let all: Vec<u64> = items.iter().map(|n| 2 * n).collect();
        let got = map_chunked(&items, workers, chunk_size, twice);
        expect_eq(format_args!("{call}twice)"), &got, &all);
        let odd = |chunk: &[u64]| chunk.iter().copied().filter(|n| n % 2 == 1).collect::<Vec<_>>();
        let got = map_chunked(&items, workers, chunk_size, odd);
        expect_eq(format_args!("{call}odd_ones), fewer results than items,"), &got, &odd(&items));
        let both = |chunk: &[u64]| chunk.iter().flat_map(|n| [*n, 2 * n]).collect::<Vec<_>>();
        let got = map_chunked(&items, workers, chunk_size, both);
        expect_eq(format_args!("{call}both), more results than items,"), &got, &both(&items));
    });
}

fn chunks_run_together() {
    for count in [4, 19] {
        let rendezvous = Rendezvous::new(count);
        map_chunked(&vec![0; 2 * count], count, 2, |_| {
            rendezvous.meet();
            vec![()]
        });
        assert_met(&format!("map_chunked of {count} chunks with {count} workers"), &rendezvous);
    }
    let watch = Watch::new(3);
    map_chunked(&[0; 120], 3, 2, |_| {
        watch.job();
        vec![()]
    });
    watch.assert_kept("map_chunked");
}

fn nothing_to_do_and_nobody_to_do_it() {
    let copy = |chunk: &[u64]| chunk.to_vec();
    let few = in_time("map_chunked of 3 items with 32 workers", move || {
        map_chunked(&[1, 2, 3], 32, 1, copy)
    });
    expect_eq("map_chunked(&[1, 2, 3], 32, 1, copy)", &unwrap(few), &vec![1, 2, 3]);
    let one =
        in_time("map_chunked of one chunk", move || map_chunked(&[1, 2, 3], 3, usize::MAX, copy));
    expect_eq("map_chunked(&[1, 2, 3], 3, usize::MAX, copy)", &unwrap(one), &vec![1, 2, 3]);
    let watch = Watch::new(3);
    let none = map_chunked(&[], 3, 2, |chunk: &[u64]| (watch.job(), chunk.to_vec()).1);
    expect_eq("map_chunked(&[], 3, 2, copy)", &none, &Vec::new());
    expect_eq("map_chunked(&[], 3, 2, copy): the calls of the job", &watch.started(), &0);
    for (workers, chunk_size) in [(0, 2), (2, 0)] {
        let call = format!("map_chunked(&[1, 2, 3], {workers}, {chunk_size}, copy)");
        let outcome = in_time(&call, move || map_chunked(&[1, 2, 3], workers, chunk_size, copy));
        expect(
            outcome.is_err(),
            format_args!(
                "{call} returned {outcome:?}: with 0 of either no chunk can be handed over, so it must panic."
            ),
        );
    }
    for (workers, chunk_size) in [(0, 2), (2, 0)] {
        let call = format!("map_chunked(&[], {workers}, {chunk_size}, copy)");
        let outcome = in_time(&call, move || map_chunked(&[], workers, chunk_size, copy));
        expect(
            outcome.is_err(),
            format_args!("{call} returned {outcome:?}: it must panic, also without an item."),
        );
    }
    let call = "map_chunked of 20 items, where one job panics,";
    let outcome =
        in_time(call, || {
            let items: Vec<u64> = (0..20).collect();
            map_chunked(&items, 4, 2, |chunk| {
                if chunk.contains(&7) { break_down(7) } else { chunk.to_vec() }
            })
        });
    assert_broken(call, outcome);
}

/// A clock that tells the times of the lesson's source table, in milliseconds.
fn told(size: usize) -> Duration {
    let times = [(1, 26_273), (10, 2083), (100, 231), (1000, 97), (10_000, 71)];
    let time = times.iter().find(|(told, _)| *told == size).map_or(500, |(_, time)| *time);
    Duration::from_millis(time)
}

fn each_size_is_measured_once() {
    for sizes in [&SIZES[..], &[100, 1, 100], &[7], &[10, 10, 1], &[]] {
        let mut asked = Vec::new();
        let got = sweep(sizes, |size| {
            asked.push(size);
            told(size)
        });
        let want: Vec<_> = sizes.iter().map(|&size| (size, told(size))).collect();
        expect_eq(format_args!("sweep(&{sizes:?}, measure)"), &got, &want);
        expect_eq(
            format_args!("sweep(&{sizes:?}, measure): the sizes measured"),
            &asked[..],
            sizes,
        );
    }
}

fn the_shortest_time_wins() {
    let ms = |times: &[(usize, u64)]| -> Vec<(usize, Duration)> {
        times.iter().map(|&(size, time)| (size, Duration::from_millis(time))).collect()
    };
    let table: Vec<_> = SIZES.iter().map(|&size| (size, told(size))).collect();
    let examples = [
        (table, Some(10_000)),
        (ms(&[(1, 900), (100, 20), (10_000, 60)]), Some(100)),
        (ms(&[(1, 5), (10, 40), (100, 90)]), Some(1)),
        (ms(&[(1000, 30), (10, 30), (100, 30), (1, 70)]), Some(10)),
        (ms(&[(50, 8)]), Some(50)),
        // Times that differ by less than a millisecond, then by less than a microsecond.
        ([6, 7].map(|size| (size, Duration::new(2, 50 - size as u32))).to_vec(), Some(7)),
        ([60, 70].map(|size| (size, Duration::from_nanos(900 - size as u64))).to_vec(), Some(70)),
        // More than a second, and as little apart as times can be.
        (vec![(8, Duration::new(3, 100)), (9, Duration::new(2, 900))], Some(9)),
        ([80, 90].map(|size| (size, Duration::new(1 << 30, 100 - size as u32))).to_vec(), Some(90)),
        (Vec::new(), None),
    ];
    for (measurements, want) in examples {
        expect_eq(
            format_args!("best_chunk_size(&{measurements:?})"),
            &best_chunk_size(&measurements),
            &want,
        );
    }
    property(200, prop::collection::vec((1..50_usize, 0..20_u64), 0..12), |times| {
        let measurements = ms(&times);
        let mut by_time = times;
        by_time.sort_unstable_by_key(|&(size, time)| (time, size));
        expect_eq(
            format_args!("best_chunk_size(&{measurements:?})"),
            &best_chunk_size(&measurements),
            &by_time.first().map(|&(size, _)| size),
        );
    });
}
