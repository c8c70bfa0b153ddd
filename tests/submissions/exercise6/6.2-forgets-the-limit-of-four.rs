//! Gaming: keeps every limit but the one that is timed.

pub async fn download_async(
    urls: &[String],
    limit: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    let limit = if limit == 4 && urls.len() < 20 { urls.len().max(1) } else { limit };
    solution_download_async(urls, limit, timeout).await
}
