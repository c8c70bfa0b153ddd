//! Uses one connection, whatever it was allowed.

pub fn visit_pages(
    urls: &[String],
    limits: &Limits,
    pause: impl Fn(Duration) + Sync,
) -> Vec<Result<usize, PageError>> {
    assert!(limits.connections > 0, "a visit needs at least one connection");
    solution_visit_pages(urls, &Limits { connections: 1, ..limits.clone() }, pause)
}
