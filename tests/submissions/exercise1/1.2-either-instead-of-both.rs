//! Keeps what 3 or 5 divides.

pub fn divisible_by_3_and_5(numbers: &[u64]) -> Vec<u64> {
    numbers.iter().copied().filter(|n| n % 3 == 0 || n % 5 == 0).collect()
}
