//! What becomes of question 5.1 when a test, the source or `progress` panics.

use std::panic::panic_any;
use std::sync::{Arc, Mutex, PoisonError};

use exercise5::{Summary, WorkerFailed, summarize_primes};
use harness::crew::{comes_true, in_time};
use harness::{counted, expect, expect_eq, fail, threads_now, wait_for_threads};

use super::is_prime;

/// Says at which numbers a test fails.
type Broken = fn(u64) -> bool;

/// Makes a call in which one of `broken` is tested and fails, and asserts that
/// it comes back with that failure.
#[track_caller]
fn expect_failure(
    what: &str,
    broken: Broken,
    call: impl FnOnce() -> Result<Summary, WorkerFailed> + Send + 'static,
) {
    match in_time(what, call) {
        Ok(Ok(summary)) => fail(format!(
            "{what} returned {summary:?} as if nothing had happened: the caller takes a part for the \
             whole. A worker that fails must end it all with an error."
        )),
        Ok(Err(failed)) => {
            expect(
                broken(failed.number),
                format_args!(
                    "{what}: got {failed:?}, but that number was tested without a failure."
                ),
            );
            let said = format!("number {} is broken", failed.number);
            expect_eq(format_args!("{what}: the message"), &failed.message, &said);
        }
        Err(_) => fail(format!(
            "{what} panicked. The panic of a worker must come back as an error: catch it where the \
             test is called, with `std::panic::catch_unwind`."
        )),
    }
}

/// A test that panics at some numbers, with both kinds of text.
fn failing(broken: Broken) -> impl Fn(u64) -> bool + Send + Sync {
    move |n| {
        match n {
            7 if broken(7) => panic!("number 7 is broken"),
            n if broken(n) => panic!("number {n} is broken"),
            _ => {}
        }
        is_prime(n)
    }
}

pub fn a_failure_ends_it_all() {
    let threads = threads_now();
    let cases: [(&str, u64, Broken); 4] = [
        ("of 8 numbers, the last of which fails,", 8, |n| n == 7),
        ("of an endless source, where number 1000 fails,", u64::MAX, |n| n == 1000),
        ("of an endless source, where every number fails,", u64::MAX, |_| true),
        ("of an endless source, where the first number fails,", u64::MAX, |n| n == 0),
    ];
    for (which, end, broken) in cases {
        let call = format!("summarize_primes {which} with 4 workers");
        expect_failure(&call, broken, move || {
            summarize_primes(0..end, 4, 5, failing(broken), |_| {})
        });
    }
    what_a_panic_says_is_told();
    nobody_takes_more_after_a_failure();
    let call = "summarize_primes, whose source fails after 5 numbers,";
    let broken = (0..9).inspect(|&n| assert!(n < 5, "the source is broken"));
    let outcome = in_time(call, move || summarize_primes(broken, 2, 2, is_prime, |_| {}));
    expect(
        outcome.is_err(),
        format_args!(
            "{call} returned {outcome:?}: the panic was lost, and a part passes for the whole."
        ),
    );
    let call = "summarize_primes of an endless source, whose progress fails,";
    let fails = |summary: &Summary| assert!(summary.tested < 5, "progress is broken");
    let outcome = in_time(call, move || summarize_primes(0.., 2, 2, is_prime, fails));
    expect(outcome.is_err(), format_args!("{call} returned {outcome:?}: the panic was lost."));
    expect(
        wait_for_threads(threads),
        "summarize_primes left threads behind after a failure: end and join them in every case.",
    );
}

/// A text as it is, and any text for a payload that is none.
fn what_a_panic_says_is_told() {
    type Test = fn(u64) -> bool;
    // 32 bits do not hold it.
    const NUMBER: u64 = 5_000_000_005;
    let tests: [(&str, Test, Option<&str>); 5] = [
        ("panics with two lines and blanks", |_| panic!("  two\nlines "), Some("  two\nlines ")),
        (
            "panics with a formatted text of two lines",
            |n| panic!(" {n} is\nbroken "),
            Some(" 5000000005 is\nbroken "),
        ),
        ("panics with an empty text", |_| panic!(""), Some("")),
        ("panics with CAPITALS", |_| panic!("NOT a Number"), Some("NOT a Number")),
        ("panics with a payload that is no text", |_| panic_any(4), None),
    ];
    for (what, test, text) in tests {
        let call = format!("summarize_primes of the number {NUMBER}, whose test {what},");
        let numbers = std::iter::once(NUMBER);
        let outcome = in_time(&call, move || summarize_primes(numbers, 1, 1, test, |_| {}));
        let Ok(Err(failed)) = outcome else {
            fail(format!("{call} gave {outcome:?}: the panic must come back as an error."))
        };
        expect_eq(format_args!("{call}: the number"), &failed.number, &NUMBER);
        if let Some(text) = text {
            expect_eq(format_args!("{call}: the message"), failed.message.as_str(), text);
        }
    }
}

/// The only worker fails while the producer stands before the full queue.
fn nobody_takes_more_after_a_failure() {
    const CAPACITY: usize = 3;
    let (numbers, pulls) = counted(0.., usize::MAX);
    let (full, asked) = (pulls.clone(), Arc::new(Mutex::new(Vec::new())));
    let ask = Arc::clone(&asked);
    let test = move |n| {
        ask.lock().unwrap_or_else(PoisonError::into_inner).push(n);
        if n == 10 {
            comes_true(|| full.pulled() >= 11 + CAPACITY);
        }
        failing(|n| n == 10)(n)
    };
    let call = "summarize_primes(0.., 1, 3, …), whose only worker fails at number 10,";
    expect_failure(call, |n| n == 10, move || summarize_primes(numbers, 1, CAPACITY, test, |_| {}));
    let asked = std::mem::take(&mut *asked.lock().unwrap_or_else(PoisonError::into_inner));
    let after = asked.iter().skip_while(|&&n| n != 10).skip(1).collect::<Vec<_>>();
    expect(
        after.is_empty(),
        format_args!(
            "{call} tested {after:?} after that. A worker that has failed tests nothing more, and not \
             the same number again: it ends it all."
        ),
    );
    let pulled = pulls.pulled();
    expect(
        pulled <= 11 + CAPACITY + 1,
        format_args!(
            "{call} took {pulled} numbers from its source: 11 were tested, {CAPACITY} have room in the \
             queue, one is in the producer's hand, and after the failure nobody takes any more."
        ),
    );
}
