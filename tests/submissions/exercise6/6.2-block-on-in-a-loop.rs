//! Blocks on every page. Inside a runtime that panics, so each gets a thread
//! with a runtime of its own, and is waited for.

pub async fn download_async(
    urls: &[String],
    limit: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    assert!(limit > 0, "somebody has to download the pages");
    let block_on = |url: &String| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let client = reqwest::Client::builder().timeout(timeout).build()?;
            text(client.get(url)).await
        })
    };
    let one = |url| std::thread::scope(|scope| scope.spawn(|| block_on(url)).join());
    urls.iter().map(|url| one(url).expect("no panic")).collect()
}
