//! Question 1.2: numbers that are divisible by both 3 and 5.

/// The numbers that both 3 and 5 divide, with `filter`.
///
/// They keep their order, and one that is there twice comes twice. 0 is
/// divisible by every number, so it is kept. No numbers, no result.
///
/// # Examples
/// ```
/// use exercise1::divisible_by_3_and_5;
/// assert_eq!(divisible_by_3_and_5(&[30, 9, 10, 15, 0]), [30, 15, 0]);
/// ```
///
/// # Graded
/// `1.2/examples`, `1.2/property`, `1.2/form`
#[must_use]
pub fn divisible_by_3_and_5(numbers: &[u64]) -> Vec<u64> {
    // TODO: keep the numbers that 3 divides and 5 divides too.
    todo!("1.2: keep what 3 and 5 divide of {} numbers", numbers.len())
}
