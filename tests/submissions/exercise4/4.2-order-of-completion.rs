//! Strings the parts together in the order in which they are done.

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
    let results = std::sync::Mutex::new(Vec::new());
    let work = || {
        while let Some(chunk) = chunks.clone().nth(taken.fetch_add(1, Ordering::Relaxed)) {
            let part = job(chunk);
            results.lock().expect("no job panics here").extend(part);
        }
    };
    std::thread::scope(|scope| {
        let crew: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        for worker in crew {
            worker.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
    });
    results.into_inner().expect("no job panics here")
}
