//! A crew of tasks around one counter, as threads would do it.

pub async fn download_async(
    urls: &[String],
    limit: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    assert!(limit > 0, "somebody has to download the pages");
    let client = reqwest::Client::builder().timeout(timeout).build().expect("a client");
    let urls: Arc<[String]> = urls.into();
    let taken = Arc::new(AtomicUsize::new(0));
    let mut crew = JoinSet::new();
    for _ in 0..limit.min(urls.len()) {
        let (client, urls, taken) = (client.clone(), Arc::clone(&urls), Arc::clone(&taken));
        crew.spawn(async move {
            let mut pages = Vec::new();
            loop {
                let index = taken.fetch_add(1, Ordering::Relaxed);
                let Some(url) = urls.get(index) else { return pages };
                pages.push((index, text(client.get(url)).await));
            }
        });
    }
    let mut pages = Vec::new();
    while let Some(part) = crew.join_next().await {
        pages.extend(part.expect("no task panics"));
    }
    pages.sort_by_key(|(index, _)| *index);
    pages.into_iter().map(|(_, page)| page).collect()
}
