//! Is_prime loops by hand over the divisors of the form 6k ± 1.

pub fn is_prime(n: u64) -> bool {
    if n < 4 {
        return n > 1;
    }
    if n % 2 == 0 || n % 3 == 0 {
        return false;
    }
    let mut d = 5;
    while d * d <= n {
        if n % d == 0 || n % (d + 2) == 0 {
            return false;
        }
        d += 6;
    }
    true
}

pub fn primes(numbers: &[u64]) -> Vec<u64> {
    numbers.iter().filter_map(|&n| is_prime(n).then_some(n)).collect()
}
