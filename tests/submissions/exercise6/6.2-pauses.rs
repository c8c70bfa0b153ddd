//! Pauses before every page, so as not to press the server, while the place of
//! the next one stays empty.

pub async fn download_async(
    urls: &[String],
    limit: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    assert!(limit > 0, "somebody has to download the pages");
    let client = reqwest::Client::builder().timeout(timeout).build().expect("a client");
    let permits = Arc::new(Semaphore::new(limit.min(Semaphore::MAX_PERMITS)));
    let mut tasks = JoinSet::new();
    for (index, url) in urls.iter().enumerate() {
        let permit = Arc::clone(&permits).acquire_owned().await.expect("it is never closed");
        let request = client.get(url);
        tasks.spawn(async move {
            tokio::time::sleep(Duration::from_millis(2)).await;
            let page = text(request).await;
            drop(permit);
            (index, page)
        });
    }
    in_order(tasks.join_all().await)
}
