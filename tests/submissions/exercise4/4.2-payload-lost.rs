//! Lets the scope replace the payload of a job's panic by its own words.

pub fn map_chunked<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    chunk_size: usize,
    job: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    assert!(workers > 0, "a pool needs at least one worker");
    assert!(chunk_size > 0, "a chunk needs at least one item");
    let chunks = items.chunks(chunk_size);
    let taken = AtomicUsize::new(0);
    let parts = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let index = taken.fetch_add(1, Ordering::Relaxed);
                    let Some(chunk) = chunks.clone().nth(index) else { break };
                    let part = job(chunk);
                    parts.lock().expect("no job panics here").push((index, part));
                }
            });
        }
    });
    let mut parts = parts.into_inner().expect("no job panics here");
    parts.sort_unstable_by_key(|&(index, _)| index);
    parts.into_iter().flat_map(|(_, part)| part).collect()
}
