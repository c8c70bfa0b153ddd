//! Measures every size twice, the first time to warm up.

pub fn sweep(
    chunk_sizes: &[usize],
    mut measure: impl FnMut(usize) -> Duration,
) -> Vec<(usize, Duration)> {
    chunk_sizes
        .iter()
        .map(|&size| {
            measure(size);
            (size, measure(size))
        })
        .collect()
}
