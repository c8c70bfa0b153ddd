//! Takes Amdahl's formula for Gustafson's.

pub fn gustafson(parallel: f64, workers: usize) -> Result<f64, LawError> {
    amdahl(parallel, workers)
}
