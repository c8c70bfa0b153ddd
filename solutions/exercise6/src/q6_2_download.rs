//! Question 6.2: the same pages three times: in a row, with threads, with tasks.

use std::error::Error;
use std::fmt;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Why there is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageError {
    /// The server answered with this status, which is not one of success.
    Status(u16),
    /// The page was not there in time.
    TimedOut,
    /// The connection could not be made, or broke off; with the client's words.
    Broken(String),
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "the server answered with status {status}"),
            Self::TimedOut => f.write_str("the page took too long"),
            Self::Broken(why) => write!(f, "the connection failed: {why}"),
        }
    }
}

impl Error for PageError {}

impl From<ureq::Error> for PageError {
    fn from(error: ureq::Error) -> Self {
        match error {
            ureq::Error::Timeout(_) => Self::TimedOut,
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<reqwest::Error> for PageError {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() { Self::TimedOut } else { Self::Broken(error.to_string()) }
    }
}

/// Downloads one page after another: the sum of all waits.
pub fn download_sequential(urls: &[String], timeout: Duration) -> Vec<Result<String, PageError>> {
    let agent = agent(timeout);
    urls.iter().map(|url| get(&agent, url)).collect()
}

/// Downloads the pages with `threads` threads, in the order of `urls`.
///
/// The client stays the same, and so does the code for one page; what a
/// thread costs is its stack, and that the system switches between them.
pub fn download_threads(
    urls: &[String],
    threads: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
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

/// Downloads the pages as tasks, in the order of `urls`.
///
/// A task that waits is a few hundred bytes that somebody remembers, so there
/// can be thousands. A permit is taken before a task begins, so that no more
/// of them exist than may run. Dropped early, the set ends its tasks.
pub async fn download_async(
    urls: &[String],
    limit: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
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
            (index, page)
        });
    }
    in_order(tasks.join_all().await)
}

async fn text(request: reqwest::RequestBuilder) -> Result<String, PageError> {
    let answer = request.send().await?;
    expect_success(answer.status().as_u16())?;
    Ok(answer.text().await?)
}

fn agent(timeout: Duration) -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(timeout))
        .build()
        .into()
}

fn get(agent: &ureq::Agent, url: &str) -> Result<String, PageError> {
    let mut answer = agent.get(url).call()?;
    expect_success(answer.status().as_u16())?;
    // Without `with_config` a page ends at 10 MiB.
    Ok(answer.body_mut().with_config().lossy_utf8(true).read_to_string()?)
}

/// Neither client minds a status such as 304 by itself, which brings no page.
fn expect_success(status: u16) -> Result<(), PageError> {
    if (200..300).contains(&status) { Ok(()) } else { Err(PageError::Status(status)) }
}

/// What came in any order, in the order of the numbers.
fn in_order<T>(mut numbered: Vec<(usize, T)>) -> Vec<T> {
    numbered.sort_unstable_by_key(|&(index, _)| index);
    numbered.into_iter().map(|(_, item)| item).collect()
}
