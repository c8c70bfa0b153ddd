//! Asks `all` of a list of divisors, and starts early with no numbers.

pub fn divisible_by_3_and_5(numbers: &[u64]) -> Vec<u64> {
    const DIVISORS: [u64; 2] = [5, 3];
    if numbers.is_empty() {
        return vec![];
    }
    let multiple_of_all = |n: &&u64| DIVISORS.iter().all(|divisor| **n / divisor * divisor == **n);
    let kept = numbers.iter().filter(multiple_of_all);
    kept.map(|n| *n).collect()
}
