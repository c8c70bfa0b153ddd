//! Question 1.8: sums, products and a choice of matrices.
//!
//! Two matrices have the same shape when they have equally many rows and each
//! row is as long as the row that it meets.

use records::matrices::{Matrix, MatrixError};

/// The sum of all `matrices`, entry by entry, with `reduce` or a kind of `fold`.
///
/// The sum of one matrix is that matrix.
///
/// # Errors
/// [`MatrixError::NoMatrices`] when there is none, [`MatrixError::ShapesDiffer`]
/// when not all have the same shape. It never panics because of a shape.
///
/// # Examples
/// ```
/// use exercise1::{MatrixError, sum_of_all};
/// assert_eq!(sum_of_all(&[vec![vec![1, 2]], vec![vec![3, 4]]]), Ok(vec![vec![4, 6]]));
/// assert_eq!(sum_of_all(&[]), Err(MatrixError::NoMatrices));
/// ```
///
/// # Graded
/// `1.8/sum`, `1.8/shapes`, `1.8/form`
pub fn sum_of_all(matrices: &[Matrix]) -> Result<Matrix, MatrixError> {
    // TODO: reduce the matrices to their sum.
    todo!("1.8: add up {} matrices", matrices.len())
}

/// The product of two matrices entry by entry, with `map`.
///
/// Each entry is the product of the two at the same place; this is not the
/// matrix product of linear algebra.
///
/// # Errors
/// [`MatrixError::ShapesDiffer`] when the shapes differ. It never panics
/// because of a shape.
///
/// # Examples
/// ```
/// use exercise1::element_product;
/// assert_eq!(element_product(&[vec![1, 2]], &[vec![3, 4]]), Ok(vec![vec![3, 8]]));
/// ```
///
/// # Graded
/// `1.8/product`, `1.8/shapes`, `1.8/form`
pub fn element_product(left: &[Vec<i64>], right: &[Vec<i64>]) -> Result<Matrix, MatrixError> {
    // TODO: multiply the entries at the same place.
    todo!("1.8: multiply {} rows by {} rows, entry by entry", left.len(), right.len())
}

/// The matrices of which every entry is above `limit`, with `filter`.
///
/// An entry that equals the limit is not above it. A matrix without entries is
/// kept: nothing in it is too small. The order stays, and nothing is cloned.
///
/// # Examples
/// ```
/// use exercise1::all_above;
/// let matrices = [vec![vec![5, 6]], vec![vec![6, 7]]];
/// assert_eq!(all_above(&matrices, 5), [&matrices[1]]);
/// ```
///
/// # Graded
/// `1.8/above`, `1.8/form`
#[must_use]
pub fn all_above(matrices: &[Matrix], limit: i64) -> Vec<&Matrix> {
    // TODO: keep the matrices whose entries are all above the limit.
    todo!("1.8: keep what is above {limit} everywhere of {} matrices", matrices.len())
}
