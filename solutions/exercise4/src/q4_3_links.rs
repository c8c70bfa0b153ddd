//! Question 4.3: visit many pages at once, and find the one with most links.

use std::cmp::Reverse;
use std::error::Error;
use std::fmt;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use scraper::{Html, Selector};
use ureq::Agent;
use ureq::http::header::RETRY_AFTER;

/// How far a visit may go: what a server and its network can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Most requests under way at the same time.
    pub connections: usize,
    /// Least time from the start of one request to the start of the next, over
    /// all connections together.
    pub interval: Duration,
    /// Most requests for one page.
    pub attempts: u32,
    /// The pause before the second request for a page; before each further one
    /// it is twice as long.
    pub back_off: Duration,
    /// Longest time that one request may take, to the last byte of its page.
    pub timeout: Duration,
    /// Most bytes that a page may have.
    pub max_bytes: u64,
}

impl Default for Limits {
    /// Limits that no public site minds.
    fn default() -> Self {
        Self {
            connections: 4,
            interval: Duration::from_millis(250),
            attempts: 3,
            back_off: Duration::from_secs(1),
            timeout: Duration::from_secs(10),
            max_bytes: 10 << 20,
        }
    }
}

/// Why there is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageError {
    /// The server answered with this status, which is not one of success.
    Status(u16),
    /// The page was not there in time.
    TimedOut,
    /// The page has more bytes than it may have.
    TooLarge,
    /// The connection could not be made, or broke off; with the client's words.
    Broken(String),
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "the server answered with status {status}"),
            Self::TimedOut => f.write_str("the page took too long"),
            Self::TooLarge => f.write_str("the page is too large"),
            Self::Broken(why) => write!(f, "the connection failed: {why}"),
        }
    }
}

impl Error for PageError {}

impl From<ureq::Error> for PageError {
    fn from(error: ureq::Error) -> Self {
        match error {
            ureq::Error::Timeout(_) => Self::TimedOut,
            ureq::Error::BodyExceedsLimit(_) => Self::TooLarge,
            other => Self::Broken(other.to_string()),
        }
    }
}

impl PageError {
    /// Whether it may be gone the next time.
    fn may_pass(&self) -> bool {
        match self {
            Self::Status(status) => *status == 429 || *status >= 500,
            Self::TimedOut | Self::Broken(_) => true,
            Self::TooLarge => false,
        }
    }
}

/// Counts the links of an HTML document: its `a` elements with an `href`.
///
/// A parser takes some 25 times as long as a search for `<a href=` (70 and 3
/// microseconds for a page of 5 kB), and is right about comments, scripts,
/// quotes and capitals, as browsers are.
#[must_use]
pub fn count_links(html: &str) -> usize {
    static LINKS: LazyLock<Selector> =
        LazyLock::new(|| Selector::parse("a[href]").expect("a valid selector"));
    Html::parse_document(html).select(&LINKS).count()
}

/// Downloads all pages and counts the links of each, in the order of `urls`.
///
/// One thread for each connection, each takes the next page when it is free.
/// That a thread waits costs no core, only its stack, so their number is that
/// of the connections; for hundreds of them, tasks are cheaper (exercise 6).
pub fn visit_pages(
    urls: &[String],
    limits: &Limits,
    pause: impl Fn(Duration) + Sync,
) -> Vec<Result<usize, PageError>> {
    assert!(limits.connections > 0, "a visit needs at least one connection");
    assert!(limits.attempts > 0, "a visit needs at least one attempt");
    let visit = Visit {
        limits,
        // One agent for all, so that connections are kept and used again.
        agent: Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(limits.timeout))
            .max_idle_connections(limits.connections)
            .max_idle_connections_per_host(limits.connections)
            .build()
            .into(),
        next_start: Mutex::new(Instant::now()),
        pause,
    };
    let taken = AtomicUsize::new(0);
    let work = || {
        std::iter::from_fn(|| {
            // Relaxed: the counter only gives each number to one thread.
            let index = taken.fetch_add(1, Ordering::Relaxed);
            urls.get(index).map(|url| (index, visit.page(url)))
        })
        .collect::<Vec<_>>()
    };
    let mut counts = std::thread::scope(|scope| {
        let crew: Vec<_> =
            (0..limits.connections.min(urls.len())).map(|_| scope.spawn(work)).collect();
        crew.into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect::<Vec<_>>()
    });
    counts.sort_unstable_by_key(|&(index, _)| index);
    counts.into_iter().map(|(_, count)| count).collect()
}

/// What the threads of one visit share.
struct Visit<'a, P> {
    limits: &'a Limits,
    agent: Agent,
    next_start: Mutex<Instant>,
    pause: P,
}

impl<P: Fn(Duration) + Sync> Visit<'_, P> {
    /// The links of one page, after as many attempts as it takes.
    fn page(&self, url: &str) -> Result<usize, PageError> {
        let mut back_off = self.limits.back_off;
        for _ in 1..self.limits.attempts {
            match self.request(url) {
                Err((error, retry_after)) if error.may_pass() => {
                    // Where many clients may have been refused together, add
                    // a random part, or they will all come back together.
                    (self.pause)(back_off.max(retry_after));
                    back_off = back_off.saturating_mul(2);
                }
                outcome => return outcome.map_err(|(error, _)| error),
            }
        }
        self.request(url).map_err(|(error, _)| error)
    }

    /// One request; with an error comes the time that the server asks for.
    fn request(&self, url: &str) -> Result<usize, (PageError, Duration)> {
        let plain = |error| (PageError::from(error), Duration::ZERO);
        self.wait_for_turn();
        let mut answer = self.agent.get(url).call().map_err(plain)?;
        let status = answer.status();
        if !status.is_success() {
            let seconds = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
            let seconds = seconds.and_then(|text| text.parse().ok()).unwrap_or_default();
            return Err((PageError::Status(status.as_u16()), Duration::from_secs(seconds)));
        }
        let body = answer.body_mut().with_config().limit(self.limits.max_bytes).lossy_utf8(true);
        Ok(count_links(&body.read_to_string().map_err(plain)?))
    }

    /// Waits until another request may start.
    ///
    /// It sleeps with the lock in its hand: all who come later have to wait
    /// for longer in any case, and so they need no queue of their own.
    fn wait_for_turn(&self) {
        let mut next_start = self.next_start.lock().unwrap_or_else(PoisonError::into_inner);
        std::thread::sleep(next_start.saturating_duration_since(Instant::now()));
        *next_start = Instant::now() + self.limits.interval;
    }
}

/// Finds the page with the most links, and of equals the first by address.
#[must_use]
pub fn most_links<'a>(
    urls: &'a [String],
    counts: &[Result<usize, PageError>],
) -> Option<(&'a str, usize)> {
    std::iter::zip(urls, counts)
        .filter_map(|(url, count)| Some((url.as_str(), *count.as_ref().ok()?)))
        .max_by_key(|&(url, links)| (links, Reverse(url)))
}
