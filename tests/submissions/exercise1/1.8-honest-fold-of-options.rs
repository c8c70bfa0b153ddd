//! A plain fold that carries a result, rows that are zipped in methods.

fn entry_by_entry(left: &[Vec<i64>], right: &[Vec<i64>], f: fn(i64, i64) -> i64) -> Option<Matrix> {
    let is_same = left.len() == right.len();
    let rows = left.iter().zip(right).map(|(left, right)| {
        let is_same = left.len() == right.len();
        is_same.then(|| left.iter().zip(right).map(|(x, y)| f(*x, *y)).collect::<Vec<i64>>())
    });
    is_same.then(|| rows.collect::<Option<Matrix>>()).flatten()
}

pub fn sum_of_all(matrices: &[Matrix]) -> Result<Matrix, MatrixError> {
    if matrices.len() == 0 {
        return Err(MatrixError::NoMatrices);
    }
    let start = Some(matrices[0].clone());
    matrices[1..]
        .iter()
        .fold(start, |sum, matrix| entry_by_entry(&sum?, matrix, |x, y| x + y))
        .ok_or(MatrixError::ShapesDiffer)
}

pub fn element_product(left: &[Vec<i64>], right: &[Vec<i64>]) -> Result<Matrix, MatrixError> {
    entry_by_entry(left, right, |x, y| y * x).ok_or(MatrixError::ShapesDiffer)
}

pub fn all_above(matrices: &[Matrix], limit: i64) -> Vec<&Matrix> {
    let least = |matrix: &Matrix| matrix.iter().flat_map(|row| row.iter()).min().copied();
    matrices.iter().filter(|matrix| least(matrix).is_none_or(|least| least > limit)).collect()
}
