//! Looks at the body and not at the status.

async fn text(request: reqwest::RequestBuilder) -> Result<String, PageError> {
    Ok(request.send().await?.text().await?)
}
