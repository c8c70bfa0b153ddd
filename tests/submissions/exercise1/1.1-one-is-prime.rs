//! Calls 0 and 1 prime numbers.

pub fn is_prime(n: u64) -> bool {
    (2..).take_while(|d| *d <= n / d).all(|d| n % d != 0)
}
