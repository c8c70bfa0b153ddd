//! Runs the chunks one after another on the caller's thread.

pub fn map_chunked<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    chunk_size: usize,
    job: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    assert!(workers > 0, "a pool needs at least one worker");
    assert!(chunk_size > 0, "a chunk needs at least one item");
    items.chunks(chunk_size).flat_map(job).collect()
}
