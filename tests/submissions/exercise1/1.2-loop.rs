//! Loops and pushes where a filter is asked for.

pub fn divisible_by_3_and_5(numbers: &[u64]) -> Vec<u64> {
    let mut kept = numbers.to_vec();
    kept.retain(|n| n % 15 == 0);
    kept
}
