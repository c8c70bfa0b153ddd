//! Looks at the body and not at the status.

async fn text(request: reqwest::RequestBuilder) -> reqwest::Result<String> {
    request.send().await?.text().await
}
