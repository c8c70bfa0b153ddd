//! Takes a time or a speedup of zero.

fn positive(value: f64, error: fn(f64) -> LawError) -> Result<f64, LawError> {
    if value >= 0.0 && value.is_finite() { Ok(value) } else { Err(error(value)) }
}
