//! Calls the sum of no matrices an empty matrix.

pub fn sum_of_all(matrices: &[Matrix]) -> Result<Matrix, MatrixError> {
    let Some((first, rest)) = matrices.split_first() else {
        return Ok(Vec::new());
    };
    rest.iter().try_fold(first.clone(), |sum, matrix| combine(&sum, matrix, |x, y| x + y))
}
