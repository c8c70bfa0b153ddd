//! Takes matrices for alike that have as many entries.

fn combine(
    left: &[Vec<i64>],
    right: &[Vec<i64>],
    entry: impl Fn(i64, i64) -> i64,
) -> Result<Matrix, MatrixError> {
    let others: Vec<i64> = right.iter().flatten().copied().collect();
    if left.len() > right.len() || left.iter().flatten().count() != others.len() {
        return Err(MatrixError::ShapesDiffer);
    }
    let row = |(r, row): (usize, &Vec<i64>)| {
        let place = |(c, &x): (usize, &i64)| entry(x, others[(r * row.len() + c) % others.len()]);
        row.iter().enumerate().map(place).collect()
    };
    Ok(left.iter().enumerate().map(row).collect())
}
