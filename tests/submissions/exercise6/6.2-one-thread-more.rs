//! Lets the caller download too, beside its threads.

pub fn download_threads(
    urls: &[String],
    threads: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    assert!(threads > 0, "somebody has to download the pages");
    let (agent, taken) = (agent(timeout), AtomicUsize::new(0));
    let work = || {
        std::iter::from_fn(|| {
            // Relaxed: the counter only gives each number to one thread.
            let index = taken.fetch_add(1, Ordering::Relaxed);
            urls.get(index).map(|url| (index, get(&agent, url)))
        })
        .collect::<Vec<_>>()
    };
    in_order(std::thread::scope(|scope| {
        let crew: Vec<_> = (0..(threads + 1).min(urls.len())).map(|_| scope.spawn(work)).collect();
        crew.into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    }))
}
