//! Stops looking where times begin to grow.

#[must_use]
pub fn best_chunk_size(measurements: &[(usize, Duration)]) -> Option<usize> {
    let falling = measurements.windows(2).take_while(|pair| pair[1].1 <= pair[0].1).count();
    measurements
        .iter()
        .take(falling + 1)
        .min_by_key(|&&(size, time)| (time, size))
        .map(|&(size, _)| size)
}
