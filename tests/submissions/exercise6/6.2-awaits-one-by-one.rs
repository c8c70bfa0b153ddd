//! An async function whose every wait holds up the rest.

pub async fn download_async(
    urls: &[String],
    limit: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    assert!(limit > 0, "somebody has to download the pages");
    let client = reqwest::Client::builder().timeout(timeout).build().expect("a client");
    let mut pages = Vec::new();
    for url in urls {
        pages.push(text(client.get(url)).await);
    }
    pages
}
