//! Starts a thread for every page, as if connections cost nothing.

pub fn visit_pages(
    urls: &[String],
    limits: &Limits,
    pause: impl Fn(Duration) + Sync,
) -> Vec<Result<usize, PageError>> {
    assert!(limits.connections > 0, "a visit needs at least one connection");
    let connections = urls.len().max(1);
    solution_visit_pages(urls, &Limits { connections, ..limits.clone() }, pause)
}
