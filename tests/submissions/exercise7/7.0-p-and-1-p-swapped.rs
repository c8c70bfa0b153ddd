//! Divides the sequential part among the workers instead of the parallel one.

pub fn amdahl(parallel: f64, workers: usize) -> Result<f64, LawError> {
    let parallel = fraction(parallel)?;
    Ok(1.0 / (parallel + (1.0 - parallel) / at_least(1, workers)?))
}
