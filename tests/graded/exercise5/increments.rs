//! What the two increments of question 5.2 lose and keep.

use std::sync::{Arc, Mutex, PoisonError};

use exercise5::{increment_apart, increment_whole};
use harness::crew::{assert_met, in_time, unwrap};
use harness::{Rendezvous, expect, expect_eq, fail};

type Increment = fn(usize, u64, Box<dyn Fn() + Send + Sync>) -> u64;

pub fn two_steps_lose_what_one_keeps() {
    let ways: [(&str, Increment); 2] = [
        ("increment_apart", |workers, rounds, pause| increment_apart(workers, rounds, pause)),
        ("increment_whole", |workers, rounds, pause| increment_whole(workers, rounds, pause)),
    ];
    for workers in [2, 19] {
        for (name, increment) in ways {
            let want = if name == "increment_apart" { 1 } else { workers as u64 };
            let rendezvous = Arc::new(Rendezvous::new(workers));
            let meeting = Arc::clone(&rendezvous);
            let call = format!("{name}({workers}, 1, pause), where all workers meet in `pause`");
            let pause = Box::new(move || meeting.meet());
            let got = unwrap(in_time(&call, move || increment(workers, 1, pause)));
            assert_met(&call, &rendezvous);
            if name == "increment_apart" && got > want {
                fail(format!(
                    "{call}: got {got}, so nothing was lost. All had loaded 0 when they met, and must all \
                     store 1: load before `pause`, and store what was loaded plus one behind it."
                ));
            }
            expect_eq(call, &got, &want);
        }
    }
    const ROUNDS: u64 = 100_000;
    for (workers, pause) in [(1, 1), (4, 4)] {
        let rendezvous = Arc::new(Rendezvous::new(pause));
        let meeting = Arc::clone(&rendezvous);
        let call =
            format!("increment_apart({workers}, {ROUNDS}, pause), where all workers meet once");
        let meet = Box::new(move || meeting.meet());
        let got = unwrap(in_time(&call, move || increment_apart(workers, ROUNDS, meet)));
        assert_met(&call, &rendezvous);
        // The first round of all workers together counts for one at most.
        let most = workers as u64 * ROUNDS - (workers as u64 - 1);
        let least = if workers == 1 { ROUNDS } else { 1 };
        expect(
            (least..=most).contains(&got),
            format_args!("{call}\n  expected {least} to {most}\n  got      {got}"),
        );
    }
    for workers in [1, 4] {
        let call = format!("increment_whole({workers}, {ROUNDS}, || {{}})");
        let got = unwrap(in_time(&call, move || increment_whole(workers, ROUNDS, || {})));
        expect_eq(call, &got, &(workers as u64 * ROUNDS));
    }
    for rounds in [0, 5] {
        let calls = Arc::new(Mutex::new(0));
        let count = Arc::clone(&calls);
        let pause = move || *count.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        let call = format!("increment_whole(3, {rounds}, pause)");
        expect_eq(&call, &increment_whole(3, rounds, pause), &(3 * rounds));
        let calls = *calls.lock().unwrap_or_else(PoisonError::into_inner);
        expect_eq(format_args!("{call}: the calls of `pause`"), &calls, &(3 * rounds));
    }
}
