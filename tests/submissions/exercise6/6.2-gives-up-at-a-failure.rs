//! Asks for no page after one that failed.

pub fn download_sequential(urls: &[String], timeout: Duration) -> Vec<Result<String, PageError>> {
    let agent = agent(timeout);
    let mut failed = None;
    urls.iter()
        .map(|url| match &failed {
            Some(error) => Err(PageError::clone(error)),
            None => get(&agent, url).inspect_err(|error| failed = Some(error.clone())),
        })
        .collect()
}
