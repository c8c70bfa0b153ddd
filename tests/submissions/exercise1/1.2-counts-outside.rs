//! Changes a variable outside of the chain from a closure.

pub fn divisible_by_3_and_5(numbers: &[u64]) -> Vec<u64> {
    let mut kept = Vec::new();
    numbers.iter().filter(|&n| n % 15 == 0).for_each(|&n| kept.push(n));
    kept
}
