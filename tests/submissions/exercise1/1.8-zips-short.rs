//! Zips without comparing shapes, so that the larger matrix is cut.

fn combine(
    left: &[Vec<i64>],
    right: &[Vec<i64>],
    entry: impl Fn(i64, i64) -> i64,
) -> Result<Matrix, MatrixError> {
    let row = |(left, right): (&Vec<i64>, &Vec<i64>)| {
        left.iter().zip(right).map(|(&x, &y)| entry(x, y)).collect()
    };
    Ok(left.iter().zip(right).map(row).collect())
}
