//! A rayon pool whose chunks are cut by `par_chunks`, and a sort for the best size.

use rayon::prelude::*;

pub fn map_chunked<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    chunk_size: usize,
    job: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    if workers == 0 || chunk_size == 0 {
        panic!("neither workers nor chunk_size may be 0");
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).build().unwrap();
    let parts: Vec<Vec<R>> = pool
        .install(|| items.par_chunks(chunk_size).with_max_len(1).map(|chunk| job(chunk)).collect());
    let mut results = Vec::new();
    for part in parts {
        results.extend(part);
    }
    results
}

pub fn sweep(
    chunk_sizes: &[usize],
    measure: impl FnMut(usize) -> Duration,
) -> Vec<(usize, Duration)> {
    chunk_sizes.iter().copied().zip(chunk_sizes.iter().copied().map(measure)).collect()
}

pub fn best_chunk_size(measurements: &[(usize, Duration)]) -> Option<usize> {
    let mut sorted: Vec<(Duration, usize)> =
        measurements.iter().map(|&(size, time)| (time, size)).collect();
    sorted.sort();
    Some(sorted.first()?.1)
}
