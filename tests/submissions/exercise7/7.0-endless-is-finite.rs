//! Takes an endless time or speedup for a number like others.

fn positive(value: f64, error: fn(f64) -> LawError) -> Result<f64, LawError> {
    if value > 0.0 { Ok(value) } else { Err(error(value)) }
}
