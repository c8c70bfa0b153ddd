//! Gives the matrices from the last to the first.

#[must_use]
pub fn all_above(matrices: &[Matrix], limit: i64) -> Vec<&Matrix> {
    matrices
        .iter()
        .rev()
        .filter(|matrix| matrix.iter().flatten().all(|&entry| entry > limit))
        .collect()
}
