//! Is_prime counts up in a `while` with early returns, primes in a `filter_map` over a match.

pub fn is_prime(n: u64) -> bool {
    if n % 2 == 0 || n == 1 {
        return n == 2;
    }
    let mut divisor = 3;
    while divisor <= n / divisor {
        if n % divisor == 0 {
            return false;
        }
        divisor += 2;
    }
    true
}

pub fn primes(numbers: &[u64]) -> Vec<u64> {
    numbers
        .into_iter()
        .filter_map(|&n| match is_prime(n) {
            true => Some(n),
            false => None,
        })
        .collect::<Vec<u64>>()
}
