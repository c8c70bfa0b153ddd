//! Starts everything at once.

pub async fn download_async(
    urls: &[String],
    limit: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    assert!(limit > 0, "somebody has to download the pages");
    solution_download_async(urls, urls.len().max(1), timeout).await
}
