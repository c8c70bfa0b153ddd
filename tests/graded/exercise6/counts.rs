//! How question 6.1 counts its tasks, and what that is in per cent.

use exercise6::Progress;
use harness::proptest::prelude::*;
use harness::{expect_eq, property};

use super::rig::{Course, assert_counted};

pub fn every_task_is_counted_once() {
    use Course::{Ends, Panics, TimesOut};
    // By hand first: what hangs would hang again for every input.
    assert_counted(&[Ends, TimesOut, Panics, TimesOut]);
    let course = prop_oneof![Just(Ends), Just(Panics), Just(TimesOut)];
    property(40, prop::collection::vec(course, 0..10), |courses| assert_counted(&courses));
    let counts = [0_usize..400, 0..400, 0..400, 0..3];
    property(300, counts, |[done, failed, timed_out, left]| {
        let over = done + failed + timed_out;
        let progress = Progress { total: over + left, done, failed, timed_out };
        let want = if left == 0 { 100 } else { over * 100 / (over + left) };
        expect_eq(
            format_args!("{progress:?}.percent(), rounded down, with {left} tasks left"),
            &usize::from(progress.percent()),
            &want,
        );
    });
    let many =
        Progress { total: 4_000_000_000_000, done: 1_000_000_000_000, failed: 0, timed_out: 0 };
    expect_eq(format_args!("{many:?}.percent()"), &many.percent(), &25);
    for total in 1..=150 {
        for over in 0..=total {
            let progress =
                Progress { total, done: over / 2, failed: over - over / 2, timed_out: 0 };
            expect_eq(
                format_args!("{progress:?}.percent(), rounded down"),
                &usize::from(progress.percent()),
                &(over * 100 / total),
            );
        }
    }
}
