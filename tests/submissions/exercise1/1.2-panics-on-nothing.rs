//! Looks at the first number without asking whether there is one.

#[must_use]
pub fn divisible_by_3_and_5(numbers: &[u64]) -> Vec<u64> {
    let _ = numbers[0];
    numbers.iter().copied().filter(|n| n.is_multiple_of(3) && n.is_multiple_of(5)).collect()
}
