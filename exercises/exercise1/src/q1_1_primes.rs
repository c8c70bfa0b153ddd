//! Question 1.1: primes out of a thousand random numbers.

/// Says whether `n` is a prime number: a number above 1 that only 1 and `n`
/// itself divide.
///
/// Defined for every `n`; 0 and 1 are not prime. At most about the square
/// root of `n` divisions.
///
/// # Examples
/// ```
/// use exercise1::is_prime;
/// assert!(is_prime(2) && is_prime(97));
/// assert!(!is_prime(1) && !is_prime(91));
/// ```
///
/// # Graded
/// `1.1/examples`, `1.1/sieve`
#[must_use]
pub fn is_prime(n: u64) -> bool {
    // TODO: say whether n is prime.
    todo!("1.1: say whether {n} is prime")
}

/// The prime numbers among `numbers`, with `filter`.
///
/// They keep their order, and one that is there twice comes twice. No
/// numbers, no primes.
///
/// # Examples
/// ```
/// use exercise1::primes;
/// assert_eq!(primes(&[4, 7, 1, 2, 7]), [7, 2, 7]);
/// ```
///
/// # Graded
/// `1.1/order`, `1.1/form`
#[must_use]
pub fn primes(numbers: &[u64]) -> Vec<u64> {
    // TODO: keep the primes, using is_prime.
    todo!("1.1: keep the primes of {} numbers", numbers.len())
}
