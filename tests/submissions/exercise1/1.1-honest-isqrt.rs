//! Tries all divisors up to `isqrt`, and finds none; `filter` before `copied`.

pub fn is_prime(n: u64) -> bool {
    if n < 2 {
        return false;
    }
    let divisor = (2..=n.isqrt()).find(|divisor| n % divisor == 0);
    divisor.is_none()
}

pub fn primes(numbers: &[u64]) -> Vec<u64> {
    numbers.iter().filter(|n| is_prime(**n)).copied().collect()
}
