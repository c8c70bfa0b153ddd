//! Leaves its downloads to the runtime, where they go on without anybody.

pub async fn download_async(
    urls: &[String],
    limit: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    assert!(limit > 0, "somebody has to download the pages");
    let client = match reqwest::Client::builder().timeout(timeout).build() {
        Ok(client) => client,
        Err(error) => return vec![Err(error.into()); urls.len()],
    };
    let permits = Arc::new(Semaphore::new(limit.min(Semaphore::MAX_PERMITS)));
    let mut tasks = Vec::new();
    for url in urls {
        let permit = Arc::clone(&permits).acquire_owned().await.expect("it is never closed");
        let request = client.get(url);
        tasks.push(tokio::spawn(async move {
            let page = text(request).await;
            drop(permit);
            page
        }));
    }
    let mut pages = Vec::new();
    for task in tasks {
        pages.push(task.await.expect("no task panics"));
    }
    pages
}
