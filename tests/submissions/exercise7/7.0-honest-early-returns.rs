//! Returns early, reads `Instant` itself, and bounds the law with `min`.

pub fn timed_with<R>(clock: &impl Clock, work: impl FnOnce() -> R) -> (R, Duration) {
    let begin = clock.now();
    let result = work();
    let end = clock.now();
    let time = if end > begin { end - begin } else { Duration::default() };
    (result, time)
}

pub fn timed<R>(work: impl FnOnce() -> R) -> (R, Duration) {
    let begin = Instant::now();
    let result = work();
    let time = begin.elapsed();
    (result, time)
}

impl fmt::Display for LawError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match *self {
            Self::Fraction(f) => format!("{f} is no fraction: it has to be 0, 1 or in between"),
            Self::Time(t) => format!("a time of {t} s is impossible: take a finite one above 0"),
            Self::Speedup(s) => {
                format!("a speedup of {s} is impossible: take a finite one above 0")
            }
            Self::Workers { given, least } => {
                format!("{given} workers are too few; {least} or more")
            }
        };
        formatter.write_str(&text)
    }
}

fn is_possible(number: f64) -> bool {
    !number.is_nan() && number > 0.0 && number < f64::INFINITY
}

pub fn speedup(sequential: f64, parallel: f64) -> Result<f64, LawError> {
    for time in [sequential, parallel] {
        if !is_possible(time) {
            return Err(LawError::Time(time));
        }
    }
    Ok(sequential / parallel)
}

pub fn efficiency(speedup: f64, workers: usize) -> Result<f64, LawError> {
    if !is_possible(speedup) {
        return Err(LawError::Speedup(speedup));
    }
    match workers {
        0 => Err(LawError::Workers { given: 0, least: 1 }),
        workers => Ok(speedup / workers as f64),
    }
}

pub fn amdahl(parallel: f64, workers: usize) -> Result<f64, LawError> {
    if !(parallel >= 0.0 && parallel <= 1.0) {
        return Err(LawError::Fraction(parallel));
    }
    if workers < 1 {
        return Err(LawError::Workers { given: workers, least: 1 });
    }
    let (workers, serial) = (workers as f64, 1.0 - parallel);
    Ok((workers / (serial * workers + parallel)).min(workers).min(1.0 / serial))
}
