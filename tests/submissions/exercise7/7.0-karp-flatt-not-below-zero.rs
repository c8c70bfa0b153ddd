//! Bends a metric below 0 to 0.

pub fn karp_flatt(speedup: f64, workers: usize) -> Result<f64, LawError> {
    let speedup = positive(speedup, LawError::Speedup)?;
    let workers = at_least(2, workers)?;
    Ok(((1.0 / speedup - 1.0 / workers) / (1.0 - 1.0 / workers)).max(0.0))
}
