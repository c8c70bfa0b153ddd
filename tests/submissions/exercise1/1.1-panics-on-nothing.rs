//! Looks at the first number without asking whether there is one.

#[must_use]
pub fn primes(numbers: &[u64]) -> Vec<u64> {
    let _ = numbers[0];
    numbers.iter().copied().filter(|&n| is_prime(n)).collect()
}
