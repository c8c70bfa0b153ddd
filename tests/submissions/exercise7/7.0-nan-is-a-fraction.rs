//! Asks for what is forbidden, so that NaN gets through.

fn fraction(value: f64) -> Result<f64, LawError> {
    if value < 0.0 || value > 1.0 { Err(LawError::Fraction(value)) } else { Ok(value) }
}
