//! Takes no workers for one.

fn at_least(least: usize, given: usize) -> Result<f64, LawError> {
    if given < least && given > 0 {
        Err(LawError::Workers { given, least })
    } else {
        Ok(given.max(1) as f64)
    }
}
