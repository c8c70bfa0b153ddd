//! Checks of question 1.2: divisible by both 3 and 5.

use exercise1::divisible_by_3_and_5;
use harness::edges::number;
use harness::form::Form;
use harness::proptest::prelude::*;
use harness::{checks, expect_eq, property, seed};
use records::numbers;

checks! {
    "1.2/examples" => both_divisors_are_asked_for,
    "1.2/property" => any_list_keeps_its_multiples,
    "1.2/form" => is_written_with_filter,
}

fn both_divisors_are_asked_for() {
    let cases: [(&[u64], &[u64], &str); 5] = [
        (&[15, 30, 45], &[15, 30, 45], "3 and 5 divide all three"),
        (&[3, 9, 33], &[], "only 3 divides these, and both are asked for"),
        (&[5, 10, 25], &[], "only 5 divides these, and both are asked for"),
        (&[0], &[0], "every number divides 0"),
        (&[], &[], "there is nothing to keep"),
    ];
    for (numbers, want, why) in cases {
        expect_eq(
            format_args!("divisible_by_3_and_5(&{numbers:?}): {why}"),
            divisible_by_3_and_5(numbers).as_slice(),
            want,
        );
    }
}

/// The multiples of 15 among `numbers`, found by their last digit and the sum
/// of their digits.
fn multiples(numbers: &[u64]) -> Vec<u64> {
    let mut kept = Vec::new();
    for &number in numbers {
        let digits = number.to_string();
        let sum: u32 = digits.bytes().map(|digit| u32::from(digit - b'0')).sum();
        if (digits.ends_with('0') || digits.ends_with('5')) && sum.is_multiple_of(3) {
            kept.push(number);
        }
    }
    kept
}

fn any_list_keeps_its_multiples() {
    let thousand = numbers::random(seed(), 1000, 1..=1000);
    expect_eq(
        "divisible_by_3_and_5(1000 random numbers)",
        &divisible_by_3_and_5(&thousand),
        &multiples(&thousand),
    );
    let number = prop_oneof![number(15), (0..20_u64).prop_map(|n| 15 * n), any::<u64>()];
    property(300, prop::collection::vec(number, 0..30), |numbers| {
        expect_eq(
            format_args!("divisible_by_3_and_5(&{numbers:?})"),
            &divisible_by_3_and_5(&numbers),
            &multiples(&numbers),
        );
    });
}

fn is_written_with_filter() {
    Form::of("src/q1_2_divisible.rs").function("divisible_by_3_and_5", &["filter"]).check();
}
