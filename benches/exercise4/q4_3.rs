//! The timed call of question 4.3.

use std::time::Duration;

use exercise4::{Limits, visit_pages};
use timing::{Call, TimedCall};
use workloads::{encyclopedia, with_books};

/// `visit_pages` on a site that answers late.
pub const TIMED: TimedCall = TimedCall { question: "4.3", prepare };

fn prepare(seed: u64, size: u64, connections: usize) -> Call {
    let (site, urls) = encyclopedia(seed, size);
    let limits = Limits { connections, interval: Duration::ZERO, ..Limits::default() };
    Box::new(move || {
        let counts = visit_pages(&urls, &limits, std::thread::sleep);
        let counts = counts.into_iter().map(|count| count.map_or(u64::MAX, |links| links as u64));
        with_books(counts.collect(), &site, connections)
    })
}
