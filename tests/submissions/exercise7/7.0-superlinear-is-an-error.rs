//! Bends an efficiency above 1 to 1.

pub fn efficiency(speedup: f64, workers: usize) -> Result<f64, LawError> {
    Ok((positive(speedup, LawError::Speedup)? / at_least(1, workers)?).min(1.0))
}
