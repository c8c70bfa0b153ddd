//! Loops and pushes where a filter is asked for.

pub fn primes(numbers: &[u64]) -> Vec<u64> {
    let mut primes = Vec::new();
    for &n in numbers {
        if is_prime(n) {
            primes.push(n);
        }
    }
    primes
}
