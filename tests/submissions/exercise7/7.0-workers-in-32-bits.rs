//! Counts the workers in 32 bits.

#[expect(clippy::cast_possible_truncation)]
fn at_least(least: usize, given: usize) -> Result<f64, LawError> {
    let workers = given as u32;
    if (workers as usize) < least {
        return Err(LawError::Workers { given, least });
    }
    Ok(f64::from(workers))
}
