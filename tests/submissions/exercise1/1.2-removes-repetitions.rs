//! Gathers the numbers in a set, so that they are sorted and come once.

pub fn divisible_by_3_and_5(numbers: &[u64]) -> Vec<u64> {
    let unique: std::collections::BTreeSet<u64> = numbers.iter().copied().collect();
    unique.into_iter().filter(|n| n % 15 == 0).collect()
}
