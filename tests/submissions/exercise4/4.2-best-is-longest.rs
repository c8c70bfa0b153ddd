//! Takes the longest time for the best.

#[must_use]
pub fn best_chunk_size(measurements: &[(usize, Duration)]) -> Option<usize> {
    measurements.iter().max_by_key(|&&(size, time)| (time, size)).map(|&(size, _)| size)
}
