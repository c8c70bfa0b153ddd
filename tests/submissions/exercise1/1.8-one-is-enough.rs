//! Keeps a matrix of which one entry is above the limit.

pub fn all_above(matrices: &[Matrix], limit: i64) -> Vec<&Matrix> {
    matrices.iter().filter(|matrix| matrix.iter().flatten().any(|&entry| entry > limit)).collect()
}
