//! Starts a thread for each page and joins it at once.

pub fn download_threads(
    urls: &[String],
    threads: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    assert!(threads > 0, "somebody has to download the pages");
    let agent = agent(timeout);
    urls.iter()
        .map(|url| std::thread::scope(|scope| scope.spawn(|| get(&agent, url)).join()))
        .map(|joined| joined.unwrap_or_else(|panic| resume_unwind(panic)))
        .collect()
}
