//! Knows no time limit.

pub fn visit_pages(
    urls: &[String],
    limits: &Limits,
    pause: impl Fn(Duration) + Sync,
) -> Vec<Result<usize, PageError>> {
    let limits = Limits { timeout: Duration::from_secs(3600), ..limits.clone() };
    solution_visit_pages(urls, &limits, pause)
}
