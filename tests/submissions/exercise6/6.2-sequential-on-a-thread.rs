//! Downloads one after another, but on a thread of its own.

pub fn download_sequential(urls: &[String], timeout: Duration) -> Vec<Result<String, PageError>> {
    let agent = &agent(timeout);
    std::thread::scope(|scope| {
        let all = scope.spawn(move || urls.iter().map(|url| get(agent, url)).collect());
        all.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}
