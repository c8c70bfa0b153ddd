//! The workload of questions 4.3 and 6.2: pages that answer late.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use site::{Site, articles};

use timing::crew;
use timing::{Call, Means, Workload, difference_of_items, equal};

/// The time before the answer of a slow page begins, to which the timer adds up to
/// 1 ms: long beside what a client needs for a page, so that it is the waiting
/// that is measured.
const SLOW: Duration = Duration::from_millis(9);

/// The same for the others.
const FAST: Duration = Duration::from_millis(2);

/// Pages of a group, the slow one first.
const GROUP: u64 = 4;

/// A fresh site with `size` groups of four pages, and their addresses.
///
/// The first page of each group is slow. So the answers never come in the order of
/// the addresses, and who waits for four pages before he asks for the next ones
/// waits for a slow one each time, where three connections could be going on.
#[must_use]
pub fn encyclopedia(seed: u64, size: u64) -> (Site, Vec<String>) {
    let pages = articles(seed, usize::try_from(GROUP * size).unwrap_or_default());
    let latency = |at: usize| if (at as u64).is_multiple_of(GROUP) { SLOW } else { FAST };
    let pages: Vec<_> =
        pages.into_iter().enumerate().map(|(at, page)| page.after(latency(at))).collect();
    let site = Site::start(pages.clone());
    let urls = site.urls(&pages);
    (site, urls)
}

/// The whole output of a call: its counts and what the site saw of it, the
/// requests that came and how many too many there were at once. So neither
/// pages from memory nor connections beyond the limit can gain time.
#[must_use]
pub fn with_books(mut counts: Vec<u64>, site: &Site, connections: usize) -> Vec<u64> {
    let too_many = site.peak().saturating_sub(connections);
    counts.extend([site.arrivals().len(), too_many].map(|number| number as u64));
    counts
}

/// What is wrong with the counts, or with what the site saw.
fn difference(expected: &[u64], got: &[u64]) -> String {
    let split =
        |output: &[u64]| output.split_last_chunk().map(|(counts, books)| (counts.to_vec(), *books));
    let (Some((wanted, _)), Some((counts, [requests, too_many]))) = (split(expected), split(got))
    else {
        return "the output of a timed call is wrong: it gave no results.".to_owned();
    };
    if wanted != counts {
        return difference_of_items(&wanted, &counts);
    }
    let saw = if too_many > 0 {
        format!("{too_many} connections too many at once.")
    } else {
        format!("{requests} requests for {} pages. Ask once for each.", wanted.len())
    };
    format!("the output of a timed call is wrong: the site saw {saw}")
}

/// The workload of question 4.3.
#[must_use]
pub fn pages() -> Workload {
    Workload {
        question: "4.3",
        about: "visit_pages on a site that answers late",
        sizes: 3..=4,
        means: Means::Connections { count: 4, speedup: 3.5 },
        sequential,
        kernel,
        agrees: equal,
        difference,
    }
}

/// The workload of question 6.2: the same pages, downloaded by tasks. A page
/// stands in the output by its links.
#[must_use]
pub fn downloads() -> Workload {
    Workload { question: "6.2", about: "download_async on a site that answers late", ..pages() }
}

/// Links of an article, which writes every one of them in the same way.
#[must_use]
pub fn links_of(html: &str) -> u64 {
    html.matches("<a href=\"").count() as u64
}

fn sequential(seed: u64, size: u64, _threads: usize) -> Call {
    let (site, urls) = encyclopedia(seed, size);
    Box::new(move || {
        let mut visitor = Visitor::new(&site);
        let counts = urls.iter().map(|url| visitor.links(url)).collect();
        with_books(counts, &site, 1)
    })
}

/// Threads that take the next page from one counter.
fn kernel(seed: u64, size: u64, threads: usize) -> Call {
    let (site, urls) = encyclopedia(seed, size);
    Box::new(move || {
        let visitor = || Visitor::new(&site);
        let counts = crew::map(&urls, threads, visitor, |visitor, url| visitor.links(url));
        with_books(counts, &site, threads)
    })
}

/// The smallest client that does for the site's sound pages, so that timing
/// needs no library: one connection, kept.
struct Visitor {
    connection: BufReader<TcpStream>,
    home: String,
}

impl Visitor {
    fn new(site: &Site) -> Self {
        let home = site.url("");
        let address = home.trim_start_matches("http://");
        let stream = TcpStream::connect(address).expect("the site listens");
        Self { connection: BufReader::new(stream), home }
    }

    /// Links of a page.
    fn links(&mut self, url: &str) -> u64 {
        links_of(&self.get(url).expect("the site answers"))
    }

    fn get(&mut self, url: &str) -> std::io::Result<String> {
        let path = url.trim_start_matches(&self.home);
        let request = format!("GET {path} HTTP/1.1\r\nHost: site\r\n\r\n");
        self.connection.get_mut().write_all(request.as_bytes())?;
        let (mut line, mut length) = (String::new(), 0);
        while line != "\r\n" {
            line.clear();
            self.connection.read_line(&mut line)?;
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().map_err(std::io::Error::other)?;
            }
        }
        let mut body = vec![0; length];
        self.connection.read_exact(&mut body)?;
        String::from_utf8(body).map_err(std::io::Error::other)
    }
}
