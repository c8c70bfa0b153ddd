//! Compares the number of rows and the length of the first row.

fn combine(
    left: &[Vec<i64>],
    right: &[Vec<i64>],
    entry: impl Fn(i64, i64) -> i64,
) -> Result<Matrix, MatrixError> {
    if left.len() != right.len() || left.first().map(Vec::len) != right.first().map(Vec::len) {
        return Err(MatrixError::ShapesDiffer);
    }
    let row = |(left, right): (&Vec<i64>, &Vec<i64>)| {
        left.iter().zip(right).map(|(&x, &y)| entry(x, y)).collect()
    };
    Ok(left.iter().zip(right).map(row).collect())
}
