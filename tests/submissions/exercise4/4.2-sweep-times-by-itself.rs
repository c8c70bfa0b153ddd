//! Takes the time of each call by a clock of its own.

pub fn sweep(
    chunk_sizes: &[usize],
    mut measure: impl FnMut(usize) -> Duration,
) -> Vec<(usize, Duration)> {
    chunk_sizes
        .iter()
        .map(|&size| {
            let start = std::time::Instant::now();
            measure(size);
            (size, start.elapsed())
        })
        .collect()
}
