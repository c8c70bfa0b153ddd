//! Question 1.1: primes out of a thousand random numbers.

/// Says whether `n` is a prime number.
///
/// Trial division by odd numbers up to the square root: short, and exact for
/// every `u64`. For all primes below a bound a sieve does far less work.
#[must_use]
pub fn is_prime(n: u64) -> bool {
    match n {
        0 | 1 => false,
        2 => true,
        _ if n.is_multiple_of(2) => false,
        // `d <= n / d` is `d * d <= n` without the overflow.
        _ => (3..).step_by(2).take_while(|d| *d <= n / d).all(|d| !n.is_multiple_of(d)),
    }
}

/// The prime numbers among `numbers`.
#[must_use]
pub fn primes(numbers: &[u64]) -> Vec<u64> {
    numbers.iter().copied().filter(|&n| is_prime(n)).collect()
}
