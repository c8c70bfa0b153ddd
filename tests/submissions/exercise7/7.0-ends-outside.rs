//! Takes fractions of exactly 0 and 1 for wrong.

fn fraction(value: f64) -> Result<f64, LawError> {
    if value > 0.0 && value < 1.0 { Ok(value) } else { Err(LawError::Fraction(value)) }
}
