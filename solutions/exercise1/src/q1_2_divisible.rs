//! Question 1.2: numbers that are divisible by both 3 and 5.

/// The numbers that both 3 and 5 divide.
///
/// 3 and 5 have no common divisor, so asking for 15 would be the same; the
/// two questions say what was asked.
#[must_use]
pub fn divisible_by_3_and_5(numbers: &[u64]) -> Vec<u64> {
    numbers.iter().copied().filter(|n| n.is_multiple_of(3) && n.is_multiple_of(5)).collect()
}
