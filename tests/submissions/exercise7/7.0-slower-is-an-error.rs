//! Refuses a speedup below 1.

pub fn speedup(sequential: f64, parallel: f64) -> Result<f64, LawError> {
    let speedup = positive(sequential, LawError::Time)? / positive(parallel, LawError::Time)?;
    if speedup < 1.0 { Err(LawError::Speedup(speedup)) } else { Ok(speedup) }
}
