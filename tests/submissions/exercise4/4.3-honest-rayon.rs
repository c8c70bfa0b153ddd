//! A rayon pool, attempts counted in a loop, elements counted by hand.

use rayon::prelude::*;

pub fn count_links(html: &str) -> usize {
    let document = Html::parse_document(html);
    let elements = document.tree.values().filter_map(|node| node.as_element());
    elements.filter(|element| element.name() == "a" && element.attr("href").is_some()).count()
}

pub fn visit_pages(
    urls: &[String],
    limits: &Limits,
    pause: impl Fn(Duration) + Sync,
) -> Vec<Result<usize, PageError>> {
    if limits.connections == 0 || limits.attempts == 0 {
        panic!("a visit needs a connection and an attempt");
    }
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(limits.timeout))
        .http_status_as_error(false)
        .build()
        .into();
    let visit = Visit { limits, agent, next_start: Mutex::new(Instant::now()), pause };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(limits.connections).build().unwrap();
    pool.install(|| urls.par_iter().with_max_len(1).map(|url| visit.page(url)).collect())
}

impl<P: Fn(Duration) + Sync> Visit<'_, P> {
    fn page(&self, url: &str) -> Result<usize, PageError> {
        let mut number = 1;
        loop {
            let (error, asked) = match self.request(url) {
                Ok(links) => break Ok(links),
                Err(failure) => failure,
            };
            if number == self.limits.attempts || !error.may_pass() {
                break Err(error);
            }
            let back_off = self.limits.back_off.saturating_mul(2_u32.saturating_pow(number - 1));
            (self.pause)(if asked > back_off { asked } else { back_off });
            number += 1;
        }
    }
}

pub fn most_links<'a>(
    urls: &'a [String],
    counts: &[Result<usize, PageError>],
) -> Option<(&'a str, usize)> {
    let mut best: Option<(&'a str, usize)> = None;
    for (url, count) in urls.iter().zip(counts) {
        let Ok(count) = count else { continue };
        let is_better = match best {
            None => true,
            Some((name, links)) => *count > links || (*count == links && url.as_str() < name),
        };
        if is_better {
            best = Some((url, *count));
        }
    }
    best
}
