//! Takes the first chunk size without looking at the times.

#[must_use]
pub fn best_chunk_size(measurements: &[(usize, Duration)]) -> Option<usize> {
    measurements.first().map(|&(size, _)| size)
}
