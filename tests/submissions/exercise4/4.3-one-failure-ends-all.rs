//! Collects into a `Result`, and so the first failure is all there is.

pub fn visit_pages(
    urls: &[String],
    limits: &Limits,
    pause: impl Fn(Duration) + Sync,
) -> Vec<Result<usize, PageError>> {
    let counts: Result<Vec<usize>, PageError> =
        solution_visit_pages(urls, limits, pause).into_iter().collect();
    match counts {
        Ok(counts) => counts.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    }
}
