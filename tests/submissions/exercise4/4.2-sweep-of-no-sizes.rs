//! Measures a chunk of one where no size was given.

pub fn sweep(
    chunk_sizes: &[usize],
    mut measure: impl FnMut(usize) -> Duration,
) -> Vec<(usize, Duration)> {
    let chunk_sizes = if chunk_sizes.is_empty() { &[1] } else { chunk_sizes };
    chunk_sizes.iter().map(|&size| (size, measure(size))).collect()
}
