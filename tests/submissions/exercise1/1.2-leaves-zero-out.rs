//! Thinks that nothing divides 0.

pub fn divisible_by_3_and_5(numbers: &[u64]) -> Vec<u64> {
    numbers.iter().copied().filter(|&n| n > 0 && n % 15 == 0).collect()
}
