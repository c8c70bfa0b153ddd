//! Panics where there are no addresses.

pub fn download_sequential(urls: &[String], timeout: Duration) -> Vec<Result<String, PageError>> {
    assert!(!urls.is_empty(), "nothing to download");
    let agent = agent(timeout);
    urls.iter().map(|url| get(&agent, url)).collect()
}

pub fn download_threads(
    urls: &[String],
    threads: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    assert!(!urls.is_empty(), "nothing to download");
    assert!(threads > 0, "somebody has to download the pages");
    let (agent, taken) = (agent(timeout), AtomicUsize::new(0));
    let work = || {
        std::iter::from_fn(|| {
            // Relaxed: the counter only gives each number to one thread.
            let index = taken.fetch_add(1, Ordering::Relaxed);
            urls.get(index).map(|url| (index, get(&agent, url)))
        })
        .collect::<Vec<_>>()
    };
    in_order(std::thread::scope(|scope| {
        let crew: Vec<_> = (0..threads.min(urls.len())).map(|_| scope.spawn(work)).collect();
        crew.into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    }))
}

pub async fn download_async(
    urls: &[String],
    limit: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    assert!(!urls.is_empty(), "nothing to download");
    assert!(limit > 0, "somebody has to download the pages");
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
