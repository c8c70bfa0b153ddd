//! Looks at the parallel time before the sequential one.

pub fn speedup(sequential: f64, parallel: f64) -> Result<f64, LawError> {
    let parallel = positive(parallel, LawError::Time)?;
    Ok(positive(sequential, LawError::Time)? / parallel)
}
