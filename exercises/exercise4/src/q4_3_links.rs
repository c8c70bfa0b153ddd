//! Question 4.3: visit many pages at once, and find the one with most links.

use std::error::Error;
use std::fmt;
use std::time::Duration;

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

/// Counts the links of an HTML document: its `a` elements with an `href`.
///
/// Every such element counts, wherever it leads and however often. What only
/// looks like one does not: in a comment, a script, a text or an attribute. No
/// document is invalid; one without links gives 0.
///
/// # Examples
/// ```
/// use exercise4::count_links;
/// let html = "<p><a href='/one'>One</a> <A HREF=/two>Two</A> <a name=three>3</a>";
/// assert_eq!(count_links(html), 2);
/// ```
///
/// # Graded
/// `4.3/links`
#[must_use]
pub fn count_links(html: &str) -> usize {
    // TODO: parse the document and count the anchors that lead somewhere.
    todo!("4.3: count the links in {} bytes of HTML", html.len())
}

/// Downloads all pages, as many at once as `limits` allow, and counts the
/// links of each; results in the order of `urls`.
///
/// A page that cannot be had is an error in its place and changes nothing for
/// the others. Redirects are followed and belong to the request that led to
/// them. Bytes that are not UTF-8 are replaced, not refused.
///
/// What may pass by itself is tried again, up to `attempts` requests for a
/// page: status 429, every status from 500 on, a timeout, a connection that
/// fails or breaks off. Other statuses, and pages that are too large, are
/// final. Before each further request `pause` is called with the time to wait:
/// `back_off`, then twice that, and so on; but if the answer had a header
/// `Retry-After` with a number of seconds, at least that long. Meanwhile the
/// other connections go on. There is no pause after the last request. The last
/// error is the page's.
///
/// At no time are more than `connections` requests under way, and no two
/// requests, further attempts included, start within one `interval`. Time
/// that nobody used is not saved up for later. No page is larger in memory
/// than `max_bytes`, and none is waited for longer than `timeout`.
///
/// # Panics
/// When `connections` or `attempts` is 0.
///
/// # Examples
/// ```
/// use exercise4::{Limits, PageError, visit_pages};
/// let nobody_listens = ["http://127.0.0.1:9/".to_owned()];
/// let limits = Limits { attempts: 1, ..Limits::default() };
/// let counts = visit_pages(&nobody_listens, &limits, std::thread::sleep);
/// assert!(matches!(counts[0], Err(PageError::Broken(_))));
/// ```
///
/// # Graded
/// `4.3/pages`, `4.3/errors`, `4.3/retries`, `4.3/together`, `4.3/rate`,
/// `4.3/speed`
pub fn visit_pages(
    urls: &[String],
    limits: &Limits,
    pause: impl Fn(Duration) + Sync,
) -> Vec<Result<usize, PageError>> {
    let _ = &pause;
    // TODO: let a pool of threads download the pages, within the limits.
    todo!("4.3: visit {} pages over {} connections", urls.len(), limits.connections)
}

/// Finds the page with the most links, with their number.
///
/// `counts` has one result for each of `urls`. Of equals the one whose address
/// is the lesser one (`<` of `str`) is taken. Pages with errors do not take part;
/// where nothing is left there is no answer.
///
/// # Examples
/// ```
/// use exercise4::{PageError, most_links};
/// let urls = ["/c", "/b", "/a"].map(str::to_owned);
/// assert_eq!(most_links(&urls, &[Ok(7), Ok(7), Err(PageError::TimedOut)]), Some(("/b", 7)));
/// ```
///
/// # Graded
/// `4.3/most`
#[must_use]
pub fn most_links<'a>(
    urls: &'a [String],
    counts: &[Result<usize, PageError>],
) -> Option<(&'a str, usize)> {
    // TODO: find the largest count, and among equals the first name.
    todo!("4.3: find the best of {} pages in {} counts", urls.len(), counts.len())
}
