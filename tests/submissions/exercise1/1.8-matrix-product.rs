//! Multiplies rows by columns, as linear algebra does.

pub fn element_product(left: &[Vec<i64>], right: &[Vec<i64>]) -> Result<Matrix, MatrixError> {
    if !left.iter().map(Vec::len).eq(right.iter().map(Vec::len)) {
        return Err(MatrixError::ShapesDiffer);
    }
    let columns = right.first().map_or(0, Vec::len);
    let dot = |row: &Vec<i64>, column: usize| {
        row.iter().zip(right).map(|(entry, row)| entry * row[column]).sum()
    };
    Ok(left.iter().map(|row| (0..columns).map(|column| dot(row, column)).collect()).collect())
}
