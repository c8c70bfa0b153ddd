//! Threads behind an async name.

pub async fn download_async(
    urls: &[String],
    limit: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    assert!(limit > 0, "somebody has to download the pages");
    download_threads(urls, limit, timeout)
}
