//! Adds the entries of two matrices instead of multiplying them.

pub fn element_product(left: &[Vec<i64>], right: &[Vec<i64>]) -> Result<Matrix, MatrixError> {
    combine(left, right, |x, y| x + y)
}
