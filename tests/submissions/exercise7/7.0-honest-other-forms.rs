//! Honest: the laws in other algebraic forms, and a clock read into an array.

pub fn timed_with<R>(clock: &impl Clock, work: impl FnOnce() -> R) -> (R, Duration) {
    let mut readings = [clock.now(); 2];
    let result = work();
    readings[1] = clock.now();
    let [start, end] = readings;
    (result, if end > start { end - start } else { Duration::ZERO })
}

pub fn amdahl(parallel: f64, workers: usize) -> Result<f64, LawError> {
    let (parallel, workers) = (fraction(parallel)?, at_least(1, workers)?);
    Ok(workers / (workers - parallel * (workers - 1.0)))
}

pub fn gustafson(parallel: f64, workers: usize) -> Result<f64, LawError> {
    let (parallel, workers) = (fraction(parallel)?, at_least(1, workers)?);
    Ok(workers + (1.0 - parallel) * (1.0 - workers))
}

pub fn karp_flatt(speedup: f64, workers: usize) -> Result<f64, LawError> {
    let speedup = positive(speedup, LawError::Speedup)?;
    let workers = at_least(2, workers)?;
    Ok((workers / speedup - 1.0) / (workers - 1.0))
}
