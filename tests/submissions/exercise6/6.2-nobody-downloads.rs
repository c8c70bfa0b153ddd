//! Takes no threads for one thread.

pub fn download_threads(
    urls: &[String],
    threads: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    let (agent, taken) = (agent(timeout), AtomicUsize::new(0));
    let work = || {
        std::iter::from_fn(|| {
            let index = taken.fetch_add(1, Ordering::Relaxed);
            urls.get(index).map(|url| (index, get(&agent, url)))
        })
        .collect::<Vec<_>>()
    };
    in_order(std::thread::scope(|scope| {
        let crew: Vec<_> = (0..threads.clamp(1, urls.len().max(1))).map(|_| scope.spawn(work)).collect();
        crew.into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    }))
}
