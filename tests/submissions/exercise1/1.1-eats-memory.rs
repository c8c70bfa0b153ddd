//! Hostile: asks for more memory than a check may hold.

pub fn is_prime(n: u64) -> bool {
    let table = vec![1_u8; 3 << 30];
    table[usize::try_from(n % 97).unwrap_or_default()] == 1
}
