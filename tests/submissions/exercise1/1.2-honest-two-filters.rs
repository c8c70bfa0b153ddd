//! Two filters in a row, made by a function that returns closures.

fn divided_by(divisor: u64) -> impl Fn(&u64) -> bool {
    move |n| *n % divisor == 0
}

pub fn divisible_by_3_and_5(numbers: &[u64]) -> Vec<u64> {
    numbers.iter().cloned().filter(divided_by(3)).filter(divided_by(5)).collect()
}
