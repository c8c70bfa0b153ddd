//! Keeps a matrix with an entry that equals the limit.

#[must_use]
pub fn all_above(matrices: &[Matrix], limit: i64) -> Vec<&Matrix> {
    matrices.iter().filter(|matrix| matrix.iter().flatten().all(|&entry| entry >= limit)).collect()
}
