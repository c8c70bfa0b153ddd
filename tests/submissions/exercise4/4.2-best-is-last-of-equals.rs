//! Lets the last of equal times win.

#[must_use]
pub fn best_chunk_size(measurements: &[(usize, Duration)]) -> Option<usize> {
    let mut best: Option<(usize, Duration)> = None;
    for &(size, time) in measurements {
        if best.is_none_or(|(_, shortest)| time <= shortest) {
            best = Some((size, time));
        }
    }
    best.map(|(size, _)| size)
}
