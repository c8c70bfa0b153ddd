//! Asks for 15 at once, in a filter_map.

pub fn divisible_by_3_and_5(numbers: &[u64]) -> Vec<u64> {
    numbers.iter().filter_map(|&n| (n % 15 == 0).then_some(n)).collect()
}
