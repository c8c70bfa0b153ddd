//! Knows only its own back-off.

pub fn visit_pages(
    urls: &[String],
    limits: &Limits,
    pause: impl Fn(Duration) + Sync,
) -> Vec<Result<usize, PageError>> {
    solution_visit_pages(urls, limits, |time| pause(time.min(2 * limits.back_off)))
}
