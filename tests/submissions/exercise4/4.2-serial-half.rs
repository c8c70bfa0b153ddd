//! Does the first half of the chunks alone, before it starts the workers.

pub fn map_chunked<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    chunk_size: usize,
    job: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    let (first, rest) = items.split_at(items.len() / 2 / chunk_size * chunk_size);
    let mut results: Vec<R> = first.chunks(chunk_size).flat_map(&job).collect();
    results.extend(solution_map_chunked(rest, workers, chunk_size, job));
    results
}
