//! Deals the pages out to the threads beforehand.

pub fn download_threads(
    urls: &[String],
    threads: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    assert!(threads > 0, "somebody has to download the pages");
    let agent = &agent(timeout);
    let work = move |first: usize| {
        (first..urls.len())
            .step_by(threads)
            .map(|index| (index, get(agent, &urls[index])))
            .collect::<Vec<_>>()
    };
    in_order(std::thread::scope(|scope| {
        let crew: Vec<_> =
            (0..threads.min(urls.len())).map(|first| scope.spawn(move || work(first))).collect();
        crew.into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    }))
}
