//! The timed call of question 6.2.

use std::time::Duration;

use exercise6::download_async;
use timing::{Call, TimedCall};
use workloads::{encyclopedia, links_of, with_books};

/// `download_async` on a site that answers late.
pub const TIMED: TimedCall = TimedCall { question: "6.2", prepare };

fn prepare(seed: u64, size: u64, limit: usize) -> Call {
    let (site, urls) = encyclopedia(seed, size);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("the system gives a runtime what it needs");
    Box::new(move || {
        let pages = runtime.block_on(download_async(&urls, limit, Duration::from_secs(10)));
        let links = pages.iter().map(|page| page.as_ref().map_or(u64::MAX, |html| links_of(html)));
        with_books(links.collect(), &site, limit)
    })
}
