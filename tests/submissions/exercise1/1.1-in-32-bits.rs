//! Mistake: works in 32 bits, in which a large number is another one.

#[expect(clippy::cast_possible_truncation)]
pub fn is_prime(n: u64) -> bool {
    let n = n as u32;
    n > 1 && (2..).take_while(|d| *d <= n / d).all(|d| !n.is_multiple_of(d))
}
