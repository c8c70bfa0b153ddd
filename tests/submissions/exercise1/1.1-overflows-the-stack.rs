//! Calls itself without an end.

pub fn is_prime(n: u64) -> bool {
    !is_prime(n.wrapping_add(1)) || n == 2
}
