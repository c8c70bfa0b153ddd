//! Compares all shapes first, and adds into the matrix that the fold owns.

fn shape(matrix: &[Vec<i64>]) -> Vec<usize> {
    matrix.iter().map(|row| row.len()).collect()
}

pub fn sum_of_all(matrices: &[Matrix]) -> Result<Matrix, MatrixError> {
    let first = matrices.first().ok_or(MatrixError::NoMatrices)?;
    if matrices.iter().any(|matrix| shape(matrix) != shape(first)) {
        return Err(MatrixError::ShapesDiffer);
    }
    let zero: Matrix = first.iter().map(|row| vec![0; row.len()]).collect();
    Ok(matrices.iter().fold(zero, |mut sum, matrix| {
        sum.iter_mut()
            .flatten()
            .zip(matrix.iter().flatten())
            .for_each(|(sum, entry)| *sum += entry);
        sum
    }))
}

pub fn element_product(left: &[Vec<i64>], right: &[Vec<i64>]) -> Result<Matrix, MatrixError> {
    if shape(left) != shape(right) {
        return Err(MatrixError::ShapesDiffer);
    }
    let mut numbers = right.iter().flatten();
    Ok(left
        .iter()
        .map(|row| row.iter().zip(numbers.by_ref()).map(|(x, y)| x * y).collect())
        .collect())
}
