//! Compares the shapes of the first and the last matrix only.

pub fn sum_of_all(matrices: &[Matrix]) -> Result<Matrix, MatrixError> {
    let (first, rest) = matrices.split_first().ok_or(MatrixError::NoMatrices)?;
    let last = rest.last().unwrap_or(first);
    combine(first, last, |x, _| x)?;
    let add = |sum: Matrix, matrix: &Matrix| -> Matrix {
        let row = |(left, right): (&Vec<i64>, &Vec<i64>)| {
            left.iter().zip(right).map(|(x, y)| x + y).collect()
        };
        sum.iter().zip(matrix).map(row).collect()
    };
    Ok(rest.iter().fold(first.clone(), add))
}
