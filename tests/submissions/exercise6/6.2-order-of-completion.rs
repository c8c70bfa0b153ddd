//! Collects the tasks as they end.

pub async fn download_async(
    urls: &[String],
    limit: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    assert!(limit > 0, "somebody has to download the pages");
    let client = reqwest::Client::builder().timeout(timeout).build().expect("a client");
    let permits = Arc::new(Semaphore::new(limit.min(Semaphore::MAX_PERMITS)));
    let mut tasks = JoinSet::new();
    for url in urls {
        let permit = Arc::clone(&permits).acquire_owned().await.expect("it is never closed");
        let request = client.get(url);
        tasks.spawn(async move {
            let page = text(request).await;
            drop(permit);
            page
        });
    }
    tasks.join_all().await
}
