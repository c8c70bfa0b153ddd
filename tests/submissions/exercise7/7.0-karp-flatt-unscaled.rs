//! Forgets to divide by what one worker more or less can change at most.

pub fn karp_flatt(speedup: f64, workers: usize) -> Result<f64, LawError> {
    let speedup = positive(speedup, LawError::Speedup)?;
    Ok(1.0 / speedup - 1.0 / at_least(2, workers)?)
}
