//! Starts a thread for each chunk.

pub fn map_chunked<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    chunk_size: usize,
    job: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    assert!(workers > 0, "a pool needs at least one worker");
    assert!(chunk_size > 0, "a chunk needs at least one item");
    let chunks = items.chunks(chunk_size);
    let mut parts: Vec<Vec<R>> = std::iter::repeat_with(Vec::new).take(chunks.len()).collect();
    let taken = AtomicUsize::new(0);
    let work = || {
        std::iter::from_fn(|| {
            // Relaxed: the counter only gives each number to one worker; the
            // results are handed over by `join`.
            let index = taken.fetch_add(1, Ordering::Relaxed);
            chunks.clone().nth(index).map(|chunk| (index, job(chunk)))
        })
        .collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let crew: Vec<_> = (0..parts.len()).map(|_| scope.spawn(work)).collect();
        for worker in crew {
            for (index, part) in worker.join().unwrap_or_else(|panic| resume_unwind(panic)) {
                parts[index] = part;
            }
        }
    });
    let mut results = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    parts.into_iter().for_each(|part| results.extend(part));
    results
}
