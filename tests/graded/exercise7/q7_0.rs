//! Checks of question 7.0: a timing wrapper and the laws of speedup.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::time::{Duration, Instant};

use exercise7::{
    Clock, LawError, amdahl, efficiency, gustafson, karp_flatt, speedup, timed, timed_with,
};
use harness::{checks, expect, expect_eq, fail, property};

checks! {
    "7.0/timing" => the_work_runs_between_two_readings,
    "7.0/clock" => the_machines_clock_measures_the_work,
    "7.0/speedup" => ratios_of_the_table,
    "7.0/amdahl" => amdahl_has_its_values_and_limits,
    "7.0/gustafson" => gustafson_has_its_values_and_limits,
    "7.0/karp-flatt" => karp_flatt_inverts_amdahl,
    "7.0/errors" => numbers_without_meaning_are_errors,
}

/// A clock that tells prepared times and writes down when it was read.
struct Told<'a> {
    readings: RefCell<Vec<u64>>,
    log: &'a RefCell<Vec<&'static str>>,
}

impl Clock for Told<'_> {
    fn now(&self) -> Duration {
        self.log.borrow_mut().push("read");
        let mut readings = self.readings.borrow_mut();
        let next = if readings.len() > 1 { readings.remove(0) } else { readings[0] };
        Duration::from_millis(next)
    }
}

fn the_work_runs_between_two_readings() {
    for (first, second, want) in [(1000, 1500, 500), (0, 7, 7), (80, 80, 0), (500, 200, 0)] {
        let log = RefCell::default();
        let clock = Told { readings: RefCell::new(vec![first, second]), log: &log };
        let (result, time) = timed_with(&clock, || {
            log.borrow_mut().push("work");
            "Done".to_owned()
        });
        let call = format!("timed_with, by a clock that shows {first} ms and then {second} ms,");
        expect_eq(format_args!("{call} the result"), &result.as_str(), &"Done");
        expect_eq(
            format_args!("{call} what happened in which order"),
            &log.take(),
            &vec!["read", "work", "read"],
        );
        expect_eq(format_args!("{call} the time"), &time, &Duration::from_millis(want));
    }
    let log = RefCell::default();
    let clock = Told { readings: RefCell::new(vec![1, 2]), log: &log };
    for (name, panic) in [
        ("timed_with", catch_unwind(AssertUnwindSafe(|| timed_with(&clock, || panic_any(27))))),
        ("timed", catch_unwind(|| timed(|| panic_any(27)))),
    ] {
        let payload = panic.err().and_then(|payload| payload.downcast_ref().copied());
        expect_eq(
            format_args!("{name} of work that calls `panic_any(27)`: the payload of its panic"),
            &payload,
            &Some(27),
        );
    }
}

/// No time is expected here, only that of three intervals, one inside the
/// other, the outer is never the shorter: true on any machine.
fn the_machines_clock_measures_the_work() {
    let runs = Cell::new(0);
    let outer = Instant::now();
    let (inner, time) = timed(|| {
        runs.set(runs.get() + 1);
        let start = Instant::now();
        while start.elapsed() < Duration::from_millis(2) {
            std::hint::spin_loop();
        }
        start.elapsed()
    });
    let outer = outer.elapsed();
    expect_eq("timed(work): how often the work ran", &runs.get(), &1);
    expect(
        time >= inner,
        format_args!("timed(work) says {time:?}, but the work alone took {inner:?}."),
    );
    expect(
        time <= outer,
        format_args!("timed(work) says {time:?}, but the whole call took only {outer:?}."),
    );
}

/// Ends the check unless `got` is `want`, but for what rounding can do.
#[track_caller]
fn expect_close(what: &str, got: Result<f64, LawError>, want: f64) {
    match got {
        Ok(got) if (got - want).abs() <= 1e-9 * want.abs().max(1.0) => {}
        Ok(got) => fail(format!("{what}\n  expected {want}\n  got      {got}")),
        Err(error) => fail(format!("{what}\n  expected {want}\n  got      the error {error:?}")),
    }
}

/// The value, where there must be one.
#[track_caller]
fn value(what: &str, got: Result<f64, LawError>) -> f64 {
    got.unwrap_or_else(|error| {
        fail(format!("{what}\n  expected a number\n  got      the error {error:?}"))
    })
}

fn ratios_of_the_table() {
    // Workers, seconds, speedup and per cent of efficiency, as the lesson's table has them.
    for (workers, seconds, ratio, percent) in [
        (2, 1.4067, 1.55, 77.7),
        (3, 2.2746, 0.96, 32.0),
        (10, 0.6782, 3.22, 32.2),
        (28, 0.8965, 2.44, 8.7),
    ] {
        let call = format!("speedup(2.1865, {seconds})");
        let got = value(&call, speedup(2.1865, seconds));
        expect(
            (got - ratio).abs() <= 0.005,
            format_args!("{call}\n  expected {ratio}, rounded\n  got      {got}"),
        );
        let call = format!("efficiency({got}, {workers})");
        let got = value(&call, efficiency(got, workers));
        expect(
            (100.0 * got - percent).abs() <= 0.05 + 1e-9,
            format_args!("{call}\n  expected {}, rounded\n  got      {got}", percent / 100.0),
        );
    }
    for (sequential, parallel) in [(1e9, 1e-3), (1e-3, 1e9)] {
        let call = format!("speedup({sequential}, {parallel})");
        expect_close(&call, speedup(sequential, parallel), sequential / parallel);
    }
    let inputs = (1e-6..1e6_f64, 1e-6..1e6_f64, 1..=1024_usize);
    property(300, inputs, |(sequential, parallel, workers)| {
        let call = format!("speedup({sequential}, {parallel})");
        expect_close(&call, speedup(sequential, parallel), sequential / parallel);
        let call = format!("efficiency({sequential}, {workers})");
        expect_close(&call, efficiency(sequential, workers), sequential / workers as f64);
    });
    property(300, (0.0..=1.0_f64, 1..=1024_usize), |(parallel, workers)| {
        let most = by_amdahl(parallel, workers);
        let call = format!("efficiency({most}, {workers}), of a speedup that Amdahl's law allows,");
        let got = value(&call, efficiency(most, workers));
        expect(
            (0.0..=1.0 + 1e-9).contains(&got),
            format_args!("{call} is {got}: it must be between 0 and 1."),
        );
    });
}

/// Amdahl's law in words of its own, as the oracle: the time that is left.
fn by_amdahl(parallel: f64, workers: usize) -> f64 {
    let left = 1.0 - parallel * (workers - 1) as f64 / workers as f64;
    left.recip()
}

fn amdahl_has_its_values_and_limits() {
    for (parallel, workers, want) in [
        (0.0, 64, 1.0),
        (-0.0, 64, 1.0),
        (1.0, 64, 64.0),
        (1.0, 1_000_000_000, 1e9),
        (0.5, 1, 1.0),
        (0.5, 2, 4.0 / 3.0),
        (0.75, 3, 2.0),
        (0.9, 9, 5.0),
        (0.95, 19, 10.0),
    ] {
        expect_close(&format!("amdahl({parallel}, {workers})"), amdahl(parallel, workers), want);
    }
    let inputs = (0.0..=1.0_f64, 0.0..=1.0_f64, 1..=1024_usize, 1..=1024_usize);
    property(500, inputs, |(one, other, few, many)| {
        let (less, more) = (one.min(other), one.max(other));
        let (few, many) = (few.min(many), few.max(many));
        let law = |parallel: f64, workers: usize| {
            value(&format!("amdahl({parallel}, {workers})"), amdahl(parallel, workers))
        };
        let got = law(less, few);
        let call = format!("amdahl({less}, {few})");
        expect_close(&call, Ok(got), by_amdahl(less, few));
        let limit = (few as f64).min(1.0 / (1.0 - less)) * (1.0 + 1e-9);
        expect(
            (1.0 - 1e-9..=limit).contains(&got),
            format_args!(
                "{call} is {got}: it must be between 1 and the least of n and 1 / (1 - p)."
            ),
        );
        expect(
            got <= law(less, many) * (1.0 + 1e-9),
            format_args!("{call} is {got}, and with {many} workers it is less."),
        );
        expect(
            got <= law(more, few) * (1.0 + 1e-9),
            format_args!("{call} is {got}, and with {more} of the program in parallel it is less."),
        );
    });
}

fn gustafson_has_its_values_and_limits() {
    for (parallel, workers, want) in
        [(0.0, 64, 1.0), (1.0, 64, 64.0), (0.5, 3, 2.0), (0.9, 11, 10.0), (0.25, 1, 1.0)]
    {
        let call = format!("gustafson({parallel}, {workers})");
        expect_close(&call, gustafson(parallel, workers), want);
    }
    // More workers than 32 bits hold.
    let many = u32::MAX as usize + 4;
    for many in [many, (1 << 24) + 1] {
        expect_close(&format!("gustafson(1, {many})"), gustafson(1.0, many), many as f64);
    }
    property(300, (0.0..=1.0_f64, 1..=1024_usize), |(parallel, workers)| {
        let call = format!("gustafson({parallel}, {workers})");
        let got = value(&call, gustafson(parallel, workers));
        expect_close(&call, Ok(got), workers as f64 - (1.0 - parallel) * (workers - 1) as f64);
        expect(
            got >= by_amdahl(parallel, workers) * (1.0 - 1e-9),
            format_args!("{call} is {got}, less than Amdahl's law allows for the same numbers."),
        );
    });
}

fn karp_flatt_inverts_amdahl() {
    for (speedup, workers, want) in [(1.0, 2, 1.0), (2.0, 2, 0.0), (2.0, 3, 0.25), (0.5, 2, 3.0)] {
        let call = format!("karp_flatt({speedup}, {workers})");
        expect_close(&call, karp_flatt(speedup, workers), want);
    }
    let above = value("karp_flatt(5.0, 4)", karp_flatt(5.0, 4));
    expect(
        above < 0.0,
        format_args!("karp_flatt(5.0, 4) is {above}: a speedup above the workers is below 0."),
    );
    property(300, (0.0..=1.0_f64, 2..=1024_usize), |(parallel, workers)| {
        let speedup = by_amdahl(parallel, workers);
        let call = format!(
            "karp_flatt({speedup}, {workers}), the speedup by Amdahl's law of a program that is \
             sequential for {} of its time,",
            1.0 - parallel
        );
        expect_close(&call, karp_flatt(speedup, workers), 1.0 - parallel);
    });
}

fn numbers_without_meaning_are_errors() {
    for parallel in [-0.1, 1.1, -1e-9, 1.0 + 1e-9, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let is_meant =
            |error: &LawError| matches!(error, LawError::Fraction(given) if same(*given, parallel));
        expect_error(&format!("amdahl({parallel}, 4)"), amdahl(parallel, 4), is_meant);
        expect_error(&format!("gustafson({parallel}, 4)"), gustafson(parallel, 4), is_meant);
    }
    let needs = |given, least| move |error: &LawError| *error == LawError::Workers { given, least };
    expect_error("amdahl(0.5, 0)", amdahl(0.5, 0), needs(0, 1));
    expect_error("gustafson(0.5, 0)", gustafson(0.5, 0), needs(0, 1));
    expect_error("efficiency(2.0, 0)", efficiency(2.0, 0), needs(0, 1));
    expect_error("karp_flatt(2.0, 0)", karp_flatt(2.0, 0), needs(0, 2));
    expect_error("karp_flatt(1.0, 1)", karp_flatt(1.0, 1), needs(1, 2));
    for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let time = |error: &LawError| matches!(error, LawError::Time(given) if same(*given, wrong));
        expect_error(&format!("speedup({wrong}, 2.0)"), speedup(wrong, 2.0), time);
        expect_error(&format!("speedup(2.0, {wrong})"), speedup(2.0, wrong), time);
        let is_meant =
            |error: &LawError| matches!(error, LawError::Speedup(given) if same(*given, wrong));
        expect_error(&format!("efficiency({wrong}, 4)"), efficiency(wrong, 4), is_meant);
        expect_error(&format!("karp_flatt({wrong}, 4)"), karp_flatt(wrong, 4), is_meant);
    }
    // The smallest and the largest that there are, and they are fine.
    for fine in [f64::from_bits(1), f64::MIN_POSITIVE, f64::MAX] {
        expect_eq(format_args!("speedup({fine:e}, {fine:e})"), &speedup(fine, fine), &Ok(1.0));
        expect_eq(format_args!("efficiency({fine:e}, 1)"), &efficiency(fine, 1), &Ok(fine));
    }
    // Of two that are wrong, the first.
    for wrong in [-0.1, f64::NAN] {
        let is_meant =
            |error: &LawError| matches!(error, LawError::Fraction(given) if same(*given, wrong));
        expect_error(&format!("amdahl({wrong}, 0)"), amdahl(wrong, 0), is_meant);
        expect_error(&format!("gustafson({wrong}, 0)"), gustafson(wrong, 0), is_meant);
        let is_meant =
            |error: &LawError| matches!(error, LawError::Speedup(given) if same(*given, wrong));
        expect_error(&format!("efficiency({wrong}, 0)"), efficiency(wrong, 0), is_meant);
        expect_error(&format!("karp_flatt({wrong}, 1)"), karp_flatt(wrong, 1), is_meant);
    }
    for (sequential, parallel) in [(-1.0, 0.0), (0.0, -1.0), (f64::NAN, -2.0)] {
        let first =
            |error: &LawError| matches!(error, LawError::Time(given) if same(*given, sequential));
        let call = format!("speedup({sequential}, {parallel})");
        expect_error(&call, speedup(sequential, parallel), first);
    }
    for (error, numbers) in [
        (LawError::Fraction(1.25), ["1.25", "1"]),
        (LawError::Fraction(1.000_000_000_000_000_2), ["1.0000000000000002", "1"]),
        (LawError::Fraction(-3.0), ["-3", "1"]),
        (LawError::Time(-2.5), ["-2.5", "0"]),
        (LawError::Time(-20.0), ["-20", "0"]),
        (LawError::Speedup(-3.5), ["-3.5", "0"]),
        (LawError::Speedup(-5.0), ["-5", "0"]),
        (LawError::Workers { given: 1, least: 2 }, ["1", "2"]),
    ] {
        let words = error.to_string();
        expect(
            numbers.iter().all(|number| names(&words, number)) && words != format!("{error:?}"),
            format_args!(
                "the words for {error:?} are {words:?}: they must name {} as `{{}}` prints it, and what is allowed.",
                numbers[0]
            ),
        );
    }
}

/// Whether a text names a number, and not a longer one that holds its digits.
fn names(text: &str, number: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    text.match_indices(number).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + number.len()..]);
        let goes_on = after.starts_with(is_digit)
            || after.strip_prefix(['.', 'e']).is_some_and(|after| after.starts_with(is_digit));
        !before.ends_with(|c: char| is_digit(c) || c == '.' || c == '-') && !goes_on
    })
}

/// Equal, or both NaN.
fn same(left: f64, right: f64) -> bool {
    left == right || (left.is_nan() && right.is_nan())
}

#[track_caller]
fn expect_error(what: &str, got: Result<f64, LawError>, is_meant: impl Fn(&LawError) -> bool) {
    match got {
        Ok(got) => fail(format!(
            "{what} is {got}, though no number can be right here: it must be an error. Mind that \
             every comparison with NaN is false."
        )),
        Err(error) => expect(
            is_meant(&error),
            format_args!(
                "{what} is the error {error:?}: see in its contract which one it must be."
            ),
        ),
    }
}
