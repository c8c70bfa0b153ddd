//! Question 6.2: the same pages three times: in a row, with threads, with tasks.

use std::error::Error;
use std::fmt;
use std::time::Duration;

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

/// Downloads one page after another, in the order of `urls`.
///
/// Each page is a text, with bytes that are not UTF-8 replaced, or the reason
/// why it is not there; one that fails changes nothing for the others. A page
/// may have any length, and take `timeout`, from its request to its last byte.
/// Redirects are followed; one without an address is [`PageError::Status`] or
/// [`PageError::Broken`]. Nothing is asked for twice. Only the caller's thread
/// is used. No addresses, no pages.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use exercise6::{PageError, download_sequential};
/// let nobody_listens = ["http://127.0.0.1:9/".to_owned()];
/// let pages = download_sequential(&nobody_listens, Duration::from_secs(5));
/// assert!(matches!(pages[0], Err(PageError::Broken(_))));
/// ```
///
/// # Graded
/// `6.2/pages`, `6.2/errors`, `6.2/threads`
pub fn download_sequential(urls: &[String], timeout: Duration) -> Vec<Result<String, PageError>> {
    // TODO: ask for each page with a client that waits for the answer.
    todo!("6.2: download {} pages in a row, {timeout:?} for each", urls.len())
}

/// Downloads the pages with `threads` threads; all else as
/// [`download_sequential`].
///
/// `threads` pages are asked for at the same time, and never more. A thread
/// takes the next page as soon as it is free.
///
/// # Panics
/// When `threads` is 0.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use exercise6::download_threads;
/// assert_eq!(download_threads(&[], 4, Duration::from_secs(5)), []);
/// ```
///
/// # Graded
/// `6.2/pages`, `6.2/errors`, `6.2/threads`
pub fn download_threads(
    urls: &[String],
    threads: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    // TODO: let a few threads wait at the same time.
    todo!("6.2: download {} pages with {threads} threads, {timeout:?} for each", urls.len())
}

/// Downloads the pages as tasks that wait at the same time; all else as
/// [`download_sequential`].
///
/// `limit` pages are asked for at the same time, and never more; the next one
/// is asked for as soon as one is there. It runs in a tokio runtime whose
/// timers and network are enabled, and starts no thread, however large `limit`
/// is. Dropping the future ends all downloads.
///
/// # Panics
/// When `limit` is 0.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use exercise6::download_async;
/// let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
/// let pages = runtime.block_on(download_async(&[], 200, Duration::from_secs(5)));
/// assert_eq!(pages, []);
/// ```
///
/// # Graded
/// `6.2/pages`, `6.2/errors`, `6.2/async`, `6.2/limit`, `6.2/speed`
pub async fn download_async(
    urls: &[String],
    limit: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    // TODO: let many tasks wait on one thread.
    todo!("6.2: download {} pages, {limit} at once, {timeout:?} for each", urls.len())
}
