//! Begins with the first matrix and adds it again.

pub fn sum_of_all(matrices: &[Matrix]) -> Result<Matrix, MatrixError> {
    let first = matrices.first().ok_or(MatrixError::NoMatrices)?;
    matrices.iter().try_fold(first.clone(), |sum, matrix| combine(&sum, matrix, |x, y| x + y))
}
