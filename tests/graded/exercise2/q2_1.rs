//! Checks of question 2.1: functions that make filters.

use std::cmp::Ordering;
use std::thread::ThreadId;

use exercise2::{Comparison, make_range_filter, make_threshold_filter, select};
use harness::form::Form;
use harness::proptest::prelude::*;
use harness::{Rendezvous, checks, expect_eq, property};
use records::employees::company;

use super::together::{THREADS, moved, together};

checks! {
    "2.1/range" => both_ends_are_inside,
    "2.1/threshold" => every_comparison_is_right,
    "2.1/independent" => filters_do_not_disturb_each_other,
    "2.1/threads" => filters_go_to_other_threads,
    "2.1/select" => what_the_filter_keeps_is_kept,
    "2.1/form" => select_is_written_with_filter,
}

/// Every comparison, with what it says of a smaller, an equal and a larger value.
const COMPARISONS: [(Comparison, [bool; 3]); 6] = [
    (Comparison::Less, [true, false, false]),
    (Comparison::LessOrEqual, [true, true, false]),
    (Comparison::Equal, [false, true, false]),
    (Comparison::NotEqual, [true, false, true]),
    (Comparison::GreaterOrEqual, [false, true, true]),
    (Comparison::Greater, [false, false, true]),
];

fn both_ends_are_inside() {
    for (min, max, value, inside, why) in [
        (10, 20, 9, false, "below the range"),
        (10, 20, 10, true, "the lower end is inside"),
        (10, 20, 15, true, "between the ends"),
        (10, 20, 20, true, "the upper end is inside"),
        (10, 20, 21, false, "above the range"),
        (7, 7, 7, true, "a range of one value"),
        (20, 10, 15, false, "nothing is inside where `min` is above `max`"),
        (i64::MIN, i64::MAX, i64::MAX, true, "the range of all numbers"),
    ] {
        expect_eq(
            format_args!("make_range_filter({min}, {max})(&{value}): {why}"),
            &make_range_filter(min, max)(&value),
            &inside,
        );
    }
    for (min, max, value, inside) in [
        (0.5, 1.5, 1.5, true),
        (0.5, 1.5, 1.51, false),
        (0.5, 1.5, f64::NAN, false),
        (f64::NAN, 1.5, 1.0, false),
        (0.5, f64::NAN, 1.0, false),
    ] {
        expect_eq(
            format_args!(
                "make_range_filter({min:?}, {max:?})(&{value:?}): NaN is in no range, and no \
                 range ends with it"
            ),
            &make_range_filter(min, max)(&value),
            &inside,
        );
    }
    let begins_with_d = make_range_filter("d".to_owned(), "dz".to_owned());
    for (word, inside) in [("data", true), ("code", false), ("e", false), ("d", true)] {
        expect_eq(
            format_args!("make_range_filter(\"d\", \"dz\")(&{word:?})"),
            &begins_with_d(&word.to_owned()),
            &inside,
        );
    }
    let end = -20..20_i64;
    let values = prop::collection::vec(-25..25_i64, 1..8);
    property(300, (end.clone(), end, values), |(min, max, values)| {
        let filter = make_range_filter(min, max);
        for value in values {
            expect_eq(
                format_args!("make_range_filter({min}, {max})(&{value})"),
                &filter(&value),
                &!(value < min || max < value),
            );
        }
    });
}

fn every_comparison_is_right() {
    for (comparison, answers) in COMPARISONS {
        for (value, want) in [9, 10, 11].into_iter().zip(answers) {
            expect_eq(
                format_args!("make_threshold_filter(10, {comparison:?})(&{value})"),
                &make_threshold_filter(10, comparison)(&value),
                &want,
            );
        }
        for (threshold, value) in [(10.0, f64::NAN), (f64::NAN, 10.0), (f64::NAN, f64::NAN)] {
            expect_eq(
                format_args!(
                    "make_threshold_filter({threshold:?}, {comparison:?})(&{value:?}): NaN is \
                     not equal to anything, and neither less nor greater"
                ),
                &make_threshold_filter(threshold, comparison)(&value),
                &(comparison == Comparison::NotEqual),
            );
        }
    }
    let number = -9..9_i64;
    let input = (number.clone(), prop::sample::select(COMPARISONS.to_vec()), number);
    property(300, input, |(threshold, (comparison, answers), value)| {
        let at = match value.cmp(&threshold) {
            Ordering::Less => 0,
            Ordering::Equal => 1,
            Ordering::Greater => 2,
        };
        expect_eq(
            format_args!("make_threshold_filter({threshold}, {comparison:?})(&{value})"),
            &make_threshold_filter(threshold, comparison)(&value),
            &answers[at],
        );
    });
}

fn filters_do_not_disturb_each_other() {
    let small = make_range_filter(0, 9);
    let large = make_range_filter(100, 109);
    for round in ["the first", "the second"] {
        for (value, is_small, is_large) in [(5, true, false), (105, false, true)] {
            expect_eq(
                format_args!(
                    "small = make_range_filter(0, 9), then large = make_range_filter(100, 109), \
                     {round} call of small(&{value}) and large(&{value}): each filter has its \
                     own ends"
                ),
                &(small(&value), large(&value)),
                &(is_small, is_large),
            );
        }
    }
    let below = make_threshold_filter(10, Comparison::Less);
    let above = make_threshold_filter(20, Comparison::Greater);
    for round in ["the first", "the second"] {
        for (value, is_below, is_above) in [(5, true, false), (25, false, true), (15, false, false)]
        {
            expect_eq(
                format_args!(
                    "below = make_threshold_filter(10, Less), then above = \
                     make_threshold_filter(20, Greater), {round} call of below(&{value}) and \
                     above(&{value}): each filter has its own threshold and comparison"
                ),
                &(below(&value), above(&value)),
                &(is_below, is_above),
            );
        }
    }
}

/// Where the threads meet that compare a [`Number`].
struct Meeting {
    /// The thread that makes the filter; it may compare without waiting.
    maker: ThreadId,
    rendezvous: Rendezvous,
}

/// A number that waits, when it is compared, until all threads compare one.
struct Number(i64, &'static Meeting);

impl Meeting {
    /// A meeting that outlives every filter: a filter borrows nothing shorter.
    fn new() -> &'static Self {
        let rendezvous = Rendezvous::new(THREADS);
        Box::leak(Box::new(Self { maker: std::thread::current().id(), rendezvous }))
    }

    fn meet(&self) {
        if std::thread::current().id() != self.maker {
            self.rendezvous.meet();
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.1.meet();
        self.0 == other.0
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.1.meet();
        self.0.partial_cmp(&other.0)
    }
}

fn filters_go_to_other_threads() {
    let in_range = make_range_filter(10, 20);
    let got = moved(move || [5, 15, 25].map(|value| in_range(&value)));
    expect_eq(
        "make_range_filter(10, 20), moved to another thread, for 5, 15 and 25",
        &got,
        &[false, true, false],
    );
    let at_least = make_threshold_filter(10, Comparison::GreaterOrEqual);
    let got = moved(move || [5, 15, 25].map(|value| at_least(&value)));
    expect_eq(
        "make_threshold_filter(10, GreaterOrEqual), moved to another thread, for 5, 15 and 25",
        &got,
        &[false, true, true],
    );
    let meeting = Meeting::new();
    let in_range = make_range_filter(Number(10, meeting), Number(20, meeting));
    let what = "a filter of make_range_filter";
    let got = together(what, &meeting.rendezvous, || in_range(&Number(15, meeting)));
    expect_eq(format_args!("{what}(10, 20) for 15, on four threads"), &got, &vec![true; THREADS]);

    let meeting = Meeting::new();
    let below = make_threshold_filter(Number(10, meeting), Comparison::Less);
    let what = "a filter of make_threshold_filter";
    let got = together(what, &meeting.rendezvous, || below(&Number(15, meeting)));
    expect_eq(
        format_args!("{what}(10, Less) for 15, on four threads"),
        &got,
        &vec![false; THREADS],
    );
}

fn what_the_filter_keeps_is_kept() {
    let numbers = [3, 14, 15, 9, 26, 5, 35, 9];
    expect_eq(
        "select(&[3, 14, 15, 9, 26, 5, 35, 9], |n| n % 10, |digit| *digit == 5)",
        &select(&numbers, |n| n % 10, |digit| *digit == 5),
        &vec![&15, &5, &35],
    );
    let staff = company();
    let names = |selected: Vec<&records::employees::Employee>| {
        selected.iter().map(|employee| employee.name.clone()).collect::<Vec<_>>().join(", ")
    };
    expect_eq(
        "the names of select(company, age, make_range_filter(30, 40))",
        &names(select(&staff, |employee| employee.age, make_range_filter(30, 40))),
        &"Bob, Eve, Grace".to_owned(),
    );
    let well_paid = make_threshold_filter(7_000_000, Comparison::Greater);
    expect_eq(
        "the names of select(company, salary, make_threshold_filter(7_000_000, Greater))",
        &names(select(&staff, |employee| employee.salary_cents, well_paid)),
        &"Bob, David, Frank, Grace, Henry".to_owned(),
    );
    let many: Vec<u32> = (0..5000).collect();
    expect_eq(
        "how many of 5000 numbers select keeps with a filter that keeps all",
        &select(&many, |n| *n, |_| true).len(),
        &5000,
    );
    let pairs = prop::collection::vec(("[a-c]{0,3}", -5..5_i64), 0..10);
    property(200, (pairs, -5..5_i64), |(pairs, limit)| {
        let mut want = Vec::new();
        for pair in &pairs {
            if pair.1 > limit {
                want.push(pair);
            }
        }
        expect_eq(
            format_args!("select(&{pairs:?}, |pair| pair.1, |n| *n > {limit})"),
            &select(&pairs, |pair| pair.1, |n| *n > limit),
            &want,
        );
    });
}

fn select_is_written_with_filter() {
    Form::of("src/q2_1_filters.rs").function("select", &["filter"]).check();
}
