//! Reduces results instead of folding, and indexes after the shapes were compared.

fn same_shape(left: &[Vec<i64>], right: &[Vec<i64>]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(x, y)| x.len() == y.len())
}

fn added(left: &[Vec<i64>], right: &[Vec<i64>]) -> Result<Matrix, MatrixError> {
    if !same_shape(left, right) {
        return Err(MatrixError::ShapesDiffer);
    }
    let sum = |row: usize| (0..left[row].len()).map(|at| left[row][at] + right[row][at]).collect();
    Ok((0..left.len()).map(sum).collect())
}

pub fn sum_of_all(matrices: &[Matrix]) -> Result<Matrix, MatrixError> {
    matrices
        .iter()
        .cloned()
        .map(Ok)
        .reduce(|sum: Result<Matrix, MatrixError>, matrix| added(&sum?, &matrix?))
        .unwrap_or(Err(MatrixError::NoMatrices))
}

pub fn all_above(matrices: &[Matrix], limit: i64) -> Vec<&Matrix> {
    matrices
        .iter()
        .filter(|matrix| matrix.iter().all(|row| row.iter().all(|entry| *entry > limit)))
        .collect()
}
