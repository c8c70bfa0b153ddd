//! Takes the limit into 32 bits.

#[must_use]
pub fn all_above(matrices: &[Matrix], limit: i64) -> Vec<&Matrix> {
    let limit = i64::from(limit as i32);
    matrices.iter().filter(|matrix| matrix.iter().flatten().all(|&entry| entry > limit)).collect()
}
