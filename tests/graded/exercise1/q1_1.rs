//! Checks of question 1.1: primes.

use exercise1::{is_prime, primes};
use harness::form::Form;
use harness::proptest::prelude::*;
use harness::{checks, expect_eq, property, seed};
use records::numbers;

checks! {
    "1.1/examples" => small_numbers,
    "1.1/sieve" => agrees_with_a_sieve,
    "1.1/order" => keeps_order_and_repetitions,
    "1.1/form" => is_written_with_filter,
}

const LIMIT: usize = 10_000;

/// The primes up to [`LIMIT`] by Eratosthenes' sieve, independent of any division.
fn sieve() -> Vec<bool> {
    let mut prime = vec![true; LIMIT + 1];
    prime[0] = false;
    prime[1] = false;
    for n in 2..=LIMIT {
        if prime[n] {
            (n * n..=LIMIT).step_by(n).for_each(|multiple| prime[multiple] = false);
        }
    }
    prime
}

fn small_numbers() {
    for (n, want) in [(0, false), (1, false), (2, true), (3, true), (4, false), (9, false)] {
        expect_eq(format_args!("is_prime({n})"), &is_prime(n), &want);
    }
}

fn agrees_with_a_sieve() {
    for (n, want) in (0..).zip(sieve()) {
        expect_eq(format_args!("is_prime({n})"), &is_prime(n), &want);
    }
    // The largest prime below 2^32, and the square of the one below 2^16; then what is
    // another number in 32 bits, and what only a search up to the root ends with.
    for (n, want) in [
        (4_294_967_291, true),
        (65_521 * 65_521, false),
        (4_294_967_311, true),
        (4_294_967_299, false),
        (1_000_000_000_039, true),
    ] {
        expect_eq(format_args!("is_prime({n})"), &is_prime(n), &want);
    }
    // Composite, and yet primes to a test by a few bases: 2 and 3; 2 to 7; 2, 7 and 61; 2 to 11;
    // 2 to 23 (Jaeschke 1993; Jiang and Deng 2014). Then a square whose root is rounded down
    // in 32 bits.
    for n in [
        1_373_653,
        3_215_031_751,
        4_759_123_141,
        2_152_302_898_747,
        3_825_123_056_546_413_051,
        16_777_259 * 16_777_259,
    ] {
        expect_eq(format_args!("is_prime({n})"), &is_prime(n), &false);
    }
    let prime = sieve();
    let small: Vec<u64> = (2..1000).filter(|&n| prime[n as usize]).collect();
    property(100, prop::sample::select(small), |prime| {
        let square = prime * prime;
        expect_eq(
            format_args!("is_prime({square}), the square of {prime},"),
            &is_prime(square),
            &false,
        );
    });
}

fn keeps_order_and_repetitions() {
    let prime = sieve();
    let keep = |numbers: &[u64]| -> Vec<u64> {
        numbers.iter().copied().filter(|&n| prime[n as usize]).collect()
    };
    let thousand = numbers::random(seed(), 1000, 1..=1000);
    expect_eq("primes(1000 random numbers)", &primes(&thousand), &keep(&thousand));
    // Above all numbers that the other checks sieve.
    let large = [1_000_003, 10_007, 1_000_002, 10_007, 10_005];
    expect_eq(
        format_args!("primes(&{large:?})"),
        &primes(&large),
        &vec![1_000_003, 10_007, 10_007],
    );
    property(200, prop::collection::vec(0..60_u64, 0..40), |numbers| {
        expect_eq(format_args!("primes(&{numbers:?})"), &primes(&numbers), &keep(&numbers));
    });
}

fn is_written_with_filter() {
    Form::of("src/q1_1_primes.rs").function("primes", &["filter"]).except("is_prime").check();
}
