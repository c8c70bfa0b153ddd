//! Asks for the next pages when all of a batch are there.

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
    let mut tasks = JoinSet::new();
    let mut done = Vec::new();
    for (index, url) in urls.iter().enumerate() {
        if tasks.len() == limit {
            while let Some(Ok(page)) = tasks.join_next().await {
                done.push(page);
            }
        }
        let permit = Arc::clone(&permits).acquire_owned().await.expect("it is never closed");
        let request = client.get(url);
        tasks.spawn(async move {
            let page = text(request).await;
            drop(permit);
            (index, page.map_err(PageError::from))
        });
    }
    done.extend(tasks.join_all().await);
    in_order(done)
}
