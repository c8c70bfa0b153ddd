//! Leaves a matrix without entries out.

pub fn all_above(matrices: &[Matrix], limit: i64) -> Vec<&Matrix> {
    matrices
        .iter()
        .filter(|matrix| matrix.iter().flatten().min().is_some_and(|&least| least > limit))
        .collect()
}
