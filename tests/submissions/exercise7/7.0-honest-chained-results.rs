//! Checks in chains of results, and writes the errors in pieces.

impl fmt::Display for LawError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |name: &str, value: &f64| format!("{name} was {value}");
        let (given, allowed) = match self {
            Self::Fraction(value) => {
                (number("the parallel fraction", value), "from 0 to 1".to_owned())
            }
            Self::Time(value) => {
                (number("the time", value), "finite and more than 0 seconds".into())
            }
            Self::Speedup(value) => (number("the speedup", value), "finite and more than 0".into()),
            Self::Workers { given, least } => {
                (format!("the number of workers was {given}"), format!("{least} at least"))
            }
        };
        formatter.write_str(&given)?;
        formatter.write_str("; it has to be ")?;
        formatter.write_str(&allowed)
    }
}

fn checked(value: f64, is_allowed: bool, error: LawError) -> Result<f64, LawError> {
    is_allowed.then_some(value).ok_or(error)
}

fn positive(value: f64, error: fn(f64) -> LawError) -> Result<f64, LawError> {
    checked(value, value.is_finite() && value.is_sign_positive() && value != 0.0, error(value))
}

pub fn speedup(sequential: f64, parallel: f64) -> Result<f64, LawError> {
    let sequential = positive(sequential, LawError::Time);
    sequential.and_then(|sequential| {
        positive(parallel, LawError::Time).map(|parallel| sequential / parallel)
    })
}

pub fn gustafson(parallel: f64, workers: usize) -> Result<f64, LawError> {
    fraction(parallel).and_then(|parallel| {
        let workers = at_least(1, workers)?;
        Ok(workers - (1.0 - parallel) * (workers - 1.0))
    })
}

pub fn karp_flatt(speedup: f64, workers: usize) -> Result<f64, LawError> {
    let speedup = positive(speedup, LawError::Speedup)?;
    let workers = at_least(2, workers)?;
    Ok((workers / speedup - 1.0) / (workers - 1.0))
}
