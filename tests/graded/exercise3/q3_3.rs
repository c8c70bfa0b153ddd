//! Checks of question 3.3: pairs, batches, windows and multiples.

use std::cell::Cell;
use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use exercise3::{all_pairs, batches, first_multiples, windows};
use harness::proptest::prelude::*;
use harness::{checks, counted, expect, expect_eq, fail, property};

use super::laziness::{lazily, numbers_due};

checks! {
    "3.3/pairs" => every_pair_comes_once_in_order,
    "3.3/pairs-lazy" => pairs_are_made_one_at_a_time,
    "3.3/batches" => batches_lose_nothing,
    "3.3/batches-lazy" => a_batch_pulls_its_own_items,
    "3.3/windows" => windows_show_every_three_neighbours,
    "3.3/windows-lazy" => a_window_moves_by_one_item,
    "3.3/multiples" => multiples_of_both_from_77_on,
}

fn every_pair_comes_once_in_order() {
    let (colours, sizes) = (["red", "blue"], ["S", "M", "L"]);
    let got: Vec<_> = all_pairs(colours.into_iter(), sizes.into_iter()).take(7).collect();
    let want =
        [("red", "S"), ("red", "M"), ("red", "L"), ("blue", "S"), ("blue", "M"), ("blue", "L")];
    expect_eq("all_pairs([red, blue], [S, M, L])", &got[..], &want[..]);
    let list = || prop::collection::vec(0..9_u8, 0..7);
    property(200, (list(), list()), |(left, right)| {
        let mut want = Vec::new();
        for &a in &left {
            for &b in &right {
                want.push((a, b));
            }
        }
        let pairs = all_pairs(left.iter().copied(), right.iter().copied());
        let got: Vec<_> = pairs.take(want.len() + 1).collect();
        expect_eq(format_args!("all_pairs({left:?}, {right:?})"), &got, &want);
    });
}

fn pairs_are_made_one_at_a_time() {
    let (left, pulls) = counted(10.., 0);
    let sizes = ["S", "M", "L"];
    let mut pairs = lazily("all_pairs", || all_pairs(left, sizes.into_iter()));
    for item in 10..15 {
        // The next item of the left is due when the right has been run through.
        pulls.allow(item - 9);
        for size in sizes {
            let pair = lazily("all_pairs", || pairs.next());
            expect_eq("a pair of all_pairs(10.., [S, M, L])", &pair, &Some((item, size)));
        }
    }
    let got: Vec<_> = lazily("all_pairs with an endless right side", || {
        all_pairs([1, 2].into_iter(), numbers_due(4)).take(4).collect()
    });
    let want = vec![(1, 0), (1, 1), (1, 2), (1, 3)];
    expect_eq("the first four of all_pairs([1, 2], 0..)", &got, &want);
}

/// What `batches` or another stream gives, one item more than is `due` at most.
fn some<T: Debug>(stream: impl Iterator<Item = T>, due: usize) -> Vec<T> {
    stream.take(due + 1).collect()
}

fn batches_lose_nothing() {
    for (items, size) in [(250, 100), (200, 100), (3, usize::MAX), (0, 5), (5, 1)] {
        let items: Vec<_> = (0..items).collect();
        let want: Vec<_> = items.chunks(size).map(<[_]>::to_vec).collect();
        let got = some(batches(items.iter().copied(), size), want.len());
        let what = format!("batches(0..{}, {size})", items.len());
        if got.len() + 1 == want.len() && want.starts_with(&got) {
            fail(format!("{what}: the last batch is lost, which is shorter than the others"));
        }
        expect_eq(what, &got, &want);
    }
    let input = (prop::collection::vec(0..9_u8, 0..60), 1..12_usize);
    property(200, input, |(items, size)| {
        let want: Vec<_> = items.chunks(size).map(<[_]>::to_vec).collect();
        let got = some(batches(items.iter().copied(), size), want.len());
        expect_eq(format_args!("batches({items:?}, {size})"), &got, &want);
    });
    let sizes = some(batches(0..1000, 300).map(|batch| batch.len()), 4);
    expect_eq("the sizes of batches(0..1000, 300)", &sizes, &vec![300, 300, 300, 100]);
    let sizes = some(batches(0..70_000, 66_000).map(|batch| batch.len()), 2);
    expect_eq("the sizes of batches(0..70000, 66000)", &sizes, &vec![66_000, 4000]);
    for end in [3, 0] {
        if let Ok(got) = catch_unwind(AssertUnwindSafe(|| batches(0..end, 0).next())) {
            fail(format!(
                "batches(0..{end}, 0) gave {got:?}: a size of 0 would lose every item without a word. \
                 The contract asks for a panic."
            ));
        }
    }
}

fn a_batch_pulls_its_own_items() {
    let (source, pulls) = counted(0.., 0);
    let mut stream = lazily("batches", || batches(source, 100));
    for due in [100, 200, 300] {
        pulls.allow(due);
        let batch = lazily("batches", || stream.next());
        let want: Vec<_> = (due - 100..due).collect();
        expect_eq("a batch of batches(0.., 100)", &batch, &Some(want));
    }
    let (source, pulls) = counted(0..150, 100);
    let mut stream = lazily("batches", || batches(source, 100));
    let first = lazily("batches", || stream.next().map(|batch| batch.len()));
    expect_eq("the size of the first batch of batches(0..150, 100)", &first, &Some(100));
    pulls.allow(usize::MAX);
    let rest: Vec<_> = stream.take(2).map(|batch| batch.len()).collect();
    expect_eq("the sizes of the further batches of batches(0..150, 100)", &rest, &vec![50]);
}

fn windows_show_every_three_neighbours() {
    for count in 0..6 {
        let items: Vec<_> = (1..=count).collect();
        let want: Vec<_> = items.windows(3).map(<[_]>::to_vec).collect();
        let got: Vec<_> =
            some(windows(items.iter().copied()), want.len()).iter().map(|w| w.to_vec()).collect();
        expect_eq(format_args!("windows({items:?})"), &got, &want);
    }
    property(200, prop::collection::vec("[a-c]{0,2}", 0..30), |items| {
        let want: Vec<_> = items.windows(3).map(<[_]>::to_vec).collect();
        let got: Vec<_> =
            some(windows(items.iter().cloned()), want.len()).iter().map(|w| w.to_vec()).collect();
        expect_eq(format_args!("windows({items:?})"), &got, &want);
    });
}

fn a_window_moves_by_one_item() {
    let (source, pulls) = counted(0.., 0);
    let mut stream = lazily("windows", || windows(source));
    for due in 3..8 {
        pulls.allow(due);
        let window = lazily("windows", || stream.next());
        expect_eq("a window of windows(0..)", &window, &Some([due - 3, due - 2, due - 1]));
    }
    let alive = Rc::new(Alive::default());
    let source = std::iter::repeat_with(|| Tracked::new(&alive));
    let seen = windows(source).take(1000).count();
    expect_eq("the number of windows seen", &seen, &1000);
    // Three that are kept, three in the window, and a window on its way.
    let most = alive.most.get();
    expect(
        most <= 12,
        format_args!(
            "{most} items were alive at once within 1000 windows of three: those that have left \
             the window are still kept. Let them go."
        ),
    );
}

/// How many items are alive, and how many were at most.
#[derive(Debug, Default)]
struct Alive {
    now: Cell<usize>,
    most: Cell<usize>,
}

/// An item that is counted from its birth to its drop, like each of its clones.
#[derive(Debug)]
struct Tracked(Rc<Alive>);

impl Tracked {
    fn new(alive: &Rc<Alive>) -> Self {
        alive.now.set(alive.now.get() + 1);
        alive.most.set(alive.most.get().max(alive.now.get()));
        Self(Rc::clone(alive))
    }
}

impl Clone for Tracked {
    fn clone(&self) -> Self {
        Self::new(&self.0)
    }
}

impl Drop for Tracked {
    fn drop(&mut self) {
        self.0.now.set(self.0.now.get() - 1);
    }
}

fn multiples_of_both_from_77_on() {
    let got = some(first_multiples(1000), 1000);
    match got.first() {
        Some(0) => fail("first_multiples(1000) begins with 0: the contract begins above it, at 77"),
        Some(7 | 11) => fail(format!(
            "first_multiples(1000) begins with {}: that is divisible by one of 7 and 11, not by both",
            got[0]
        )),
        _ => {}
    }
    let want: Vec<u64> = (1..=77_000).filter(|n| n % 7 == 0 && n % 11 == 0).collect();
    expect_eq("first_multiples(1000)", &got, &want);
    for n in [0, 1, 2] {
        expect_eq(
            format_args!("first_multiples({n})"),
            &some(first_multiples(n), n)[..],
            &want[..n],
        );
    }
    expect_eq(
        "the last of first_multiples(120_000)",
        &first_multiples(120_000).last(),
        &Some(77 * 120_000),
    );
    let got = some(first_multiples(usize::MAX), 2);
    expect_eq("the first three of first_multiples(usize::MAX)", &got[..], &want[..3]);
}
