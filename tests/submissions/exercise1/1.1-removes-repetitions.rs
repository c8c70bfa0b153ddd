//! Gathers the primes in a set, so that they are sorted and come once.

use std::collections::BTreeSet;

pub fn primes(numbers: &[u64]) -> Vec<u64> {
    let primes: BTreeSet<u64> = numbers.iter().copied().filter(|&n| is_prime(n)).collect();
    primes.into_iter().collect()
}
