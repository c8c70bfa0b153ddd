//! Looks at the number of workers before the fraction and the speedup.

pub fn efficiency(speedup: f64, workers: usize) -> Result<f64, LawError> {
    let workers = at_least(1, workers)?;
    Ok(positive(speedup, LawError::Speedup)? / workers)
}

pub fn amdahl(parallel: f64, workers: usize) -> Result<f64, LawError> {
    at_least(1, workers)?;
    let parallel = fraction(parallel)?;
    Ok(1.0 / ((1.0 - parallel) + parallel / at_least(1, workers)?))
}

pub fn gustafson(parallel: f64, workers: usize) -> Result<f64, LawError> {
    at_least(1, workers)?;
    let parallel = fraction(parallel)?;
    Ok((1.0 - parallel) + parallel * at_least(1, workers)?)
}

pub fn karp_flatt(speedup: f64, workers: usize) -> Result<f64, LawError> {
    let workers = at_least(2, workers)?;
    let speedup = positive(speedup, LawError::Speedup)?;
    Ok((1.0 / speedup - 1.0 / workers) / (1.0 - 1.0 / workers))
}
