//! Question 1.8: sums, products and a choice of matrices.

use records::matrices::{Matrix, MatrixError};

/// The sum of all `matrices`, entry by entry.
///
/// `try_fold` ends at the first matrix that does not fit. Every step makes a
/// new matrix: two allocations more than needed, and no shared state.
///
/// # Errors
/// When there is no matrix, or not all have the same shape.
pub fn sum_of_all(matrices: &[Matrix]) -> Result<Matrix, MatrixError> {
    let (first, rest) = matrices.split_first().ok_or(MatrixError::NoMatrices)?;
    rest.iter().try_fold(first.clone(), |sum, matrix| combine(&sum, matrix, |x, y| x + y))
}

/// The product of two matrices entry by entry.
///
/// # Errors
/// When the shapes differ.
pub fn element_product(left: &[Vec<i64>], right: &[Vec<i64>]) -> Result<Matrix, MatrixError> {
    combine(left, right, |x, y| x * y)
}

/// The matrices of which every entry is above `limit`.
#[must_use]
pub fn all_above(matrices: &[Matrix], limit: i64) -> Vec<&Matrix> {
    matrices.iter().filter(|matrix| matrix.iter().flatten().all(|&entry| entry > limit)).collect()
}

/// One new matrix out of the entries of two at the same place.
///
/// `zip` ends with the shorter side, so the shapes are compared before it.
fn combine(
    left: &[Vec<i64>],
    right: &[Vec<i64>],
    entry: impl Fn(i64, i64) -> i64,
) -> Result<Matrix, MatrixError> {
    if !left.iter().map(Vec::len).eq(right.iter().map(Vec::len)) {
        return Err(MatrixError::ShapesDiffer);
    }
    let row = |(left, right): (&Vec<i64>, &Vec<i64>)| {
        left.iter().zip(right).map(|(&x, &y)| entry(x, y)).collect()
    };
    Ok(left.iter().zip(right).map(row).collect())
}
