//! Divides the parallel time by the sequential one.

pub fn speedup(sequential: f64, parallel: f64) -> Result<f64, LawError> {
    Ok(positive(parallel, LawError::Time)? / positive(sequential, LawError::Time)?)
}
