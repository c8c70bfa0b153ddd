//! Properties over generated inputs, with seeds that repeat.

use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use crate::expect::cut;
use crate::fail;
use crate::run::{panic_text, request};

/// The seed of this check in this run: fixed for a student, salted for a grade.
#[must_use]
pub fn seed() -> u64 {
    let request = request();
    mix(request.salt, &request.check)
}

/// Runs `test` on `cases` values of `strategy`; `test` panics where the
/// property does not hold.
///
/// # Panics
/// On the first value that fails, after shrinking it: with its message, the
/// smallest failing input, the seed and the command that repeats the run.
#[track_caller]
pub fn property<S>(cases: u32, strategy: S, test: impl Fn(S::Value))
where
    S: Strategy,
    S::Value: Debug,
{
    let config =
        Config { cases, failure_persistence: None, max_shrink_iters: 2048, ..Config::default() };
    let mut bytes = [0; 32];
    for (chunk, n) in bytes.chunks_exact_mut(8).zip(0..) {
        chunk.copy_from_slice(&mix(seed(), &format!("word {n}")).to_le_bytes());
    }
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let result = runner.run(&strategy, |value| {
        catch_unwind(AssertUnwindSafe(|| test(value)))
            .map_err(|panic| TestCaseError::fail(panic_text(panic.as_ref())))
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(reason, input)) => fail(format!(
            "{}\n  smallest failing input: {}\n  seed {}; repeat with: {}",
            reason.message(),
            cut(&format!("{input:?}")),
            seed(),
            request().repeat
        )),
        Err(TestError::Abort(reason)) => {
            fail(format!("the inputs could not be generated: {reason}"))
        }
    }
}

/// FNV-1a over the text, finished with `SplitMix64`: any two checks and any
/// two salts get unrelated seeds, the same on every machine.
pub(crate) fn mix(salt: u64, text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut z = hash.wrapping_add(salt.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::property;

    #[test]
    fn a_failing_property_tells_the_smallest_input_and_how_to_repeat() {
        let run = || property(200, 0_u32..10_000, |n| assert!(n < 100, "{n} is too large"));
        let message = *std::panic::catch_unwind(run).unwrap_err().downcast::<String>().unwrap();
        assert!(message.contains("100 is too large"), "{message}");
        assert!(message.contains("smallest failing input: 100\n"), "{message}");
        assert!(message.contains("repeat with:"), "{message}");
    }

    #[test]
    fn the_same_seed_gives_the_same_inputs() {
        let draw = || {
            let drawn = RefCell::new(Vec::new());
            property(50, proptest::prelude::any::<u64>(), |n| drawn.borrow_mut().push(n));
            drawn.into_inner()
        };
        assert_eq!(draw(), draw());
    }
}
