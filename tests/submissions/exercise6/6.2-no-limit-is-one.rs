//! Takes a limit of zero for one.

pub async fn download_async(
    urls: &[String],
    limit: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    let limit = limit.max(1);
    let client = match reqwest::Client::builder().timeout(timeout).build() {
        Ok(client) => client,
        Err(error) => return vec![Err(error.into()); urls.len()],
    };
    let permits = Arc::new(Semaphore::new(limit.min(Semaphore::MAX_PERMITS)));
    let mut tasks = JoinSet::new();
    for (index, url) in urls.iter().enumerate() {
        let permit = Arc::clone(&permits).acquire_owned().await.expect("it is never closed");
        let request = client.get(url);
        tasks.spawn(async move {
            let page = text(request).await;
            drop(permit);
            (index, page.map_err(PageError::from))
        });
    }
    in_order(tasks.join_all().await)
}
