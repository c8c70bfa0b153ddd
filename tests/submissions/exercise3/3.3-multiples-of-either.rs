//! Keeps what 7 or 11 divides.

pub fn first_multiples(n: usize) -> impl Iterator<Item = u64> {
    (1_u64..).filter(|k| k % 7 == 0 || k % 11 == 0).take(n)
}
