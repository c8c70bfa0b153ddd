//! Mistake: tries all numbers up to the half instead of up to the square root.

pub fn is_prime(n: u64) -> bool {
    n > 1 && (2..=n / 2).all(|d| !n.is_multiple_of(d))
}
