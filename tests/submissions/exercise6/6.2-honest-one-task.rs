//! Polls all downloads in the caller's own task.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

type Page = Result<String, PageError>;

pub fn download_sequential(urls: &[String], timeout: Duration) -> Vec<Result<String, PageError>> {
    let mut pages = Vec::with_capacity(urls.len());
    for url in urls {
        let agent = agent(timeout);
        let page = match agent.get(url).call() {
            Ok(answer) if !answer.status().is_success() => {
                Err(PageError::Status(answer.status().as_u16()))
            }
            Ok(mut answer) => {
                let text = answer.body_mut().with_config().lossy_utf8(true).read_to_string();
                text.map_err(PageError::from)
            }
            Err(error) => Err(error.into()),
        };
        pages.push(page);
    }
    pages
}

pub async fn download_async(
    urls: &[String],
    limit: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    assert_ne!(limit, 0);
    let client = reqwest::Client::builder().timeout(timeout).build().unwrap();
    let client = &client;
    let mut pages: Vec<Option<Page>> = urls.iter().map(|_| None).collect();
    let mut next = 0;
    let mut running: Vec<(usize, Pin<Box<dyn Future<Output = Page> + Send + '_>>)> = Vec::new();
    poll_fn(|context| {
        loop {
            while running.len() < limit && next < urls.len() {
                let url = &urls[next];
                let page = async move { text(client.get(url)).await };
                running.push((next, Box::pin(page)));
                next += 1;
            }
            let before = running.len();
            running.retain_mut(|(number, page)| match page.as_mut().poll(context) {
                Poll::Ready(page) => {
                    pages[*number] = Some(page);
                    false
                }
                Poll::Pending => true,
            });
            if running.is_empty() && next == urls.len() {
                return Poll::Ready(());
            }
            if running.len() == before {
                return Poll::Pending;
            }
        }
    })
    .await;
    pages.into_iter().map(Option::unwrap).collect()
}
