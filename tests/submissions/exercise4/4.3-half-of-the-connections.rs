//! Keeps one of every two connections in reserve.

pub fn visit_pages(
    urls: &[String],
    limits: &Limits,
    pause: impl Fn(Duration) + Sync,
) -> Vec<Result<usize, PageError>> {
    let connections = limits.connections.div_ceil(2);
    solution_visit_pages(urls, &Limits { connections, ..limits.clone() }, pause)
}
