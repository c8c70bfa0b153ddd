//! Bends a fraction outside of 0..=1 into the range and says nothing.

fn fraction(value: f64) -> Result<f64, LawError> {
    if value.is_nan() { Err(LawError::Fraction(value)) } else { Ok(value.clamp(0.0, 1.0)) }
}
