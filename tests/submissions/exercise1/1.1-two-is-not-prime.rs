//! Throws all even numbers out, and 2 with them.

pub fn is_prime(n: u64) -> bool {
    n > 1 && n % 2 != 0 && (3..).step_by(2).take_while(|d| d * d <= n).all(|d| n % d != 0)
}
