//! Takes no connections and no attempts for one.

pub fn visit_pages(
    urls: &[String],
    limits: &Limits,
    pause: impl Fn(Duration) + Sync,
) -> Vec<Result<usize, PageError>> {
    let limits = &Limits {
        connections: limits.connections.max(1),
        attempts: limits.attempts.max(1),
        ..limits.clone()
    };
    let visit = Visit {
        limits,
        // One agent for all, so that connections are kept and used again.
        agent: Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(limits.timeout))
            .max_idle_connections(limits.connections)
            .max_idle_connections_per_host(limits.connections)
            .build()
            .into(),
        next_start: Mutex::new(Instant::now()),
        pause,
    };
    let taken = AtomicUsize::new(0);
    let work = || {
        std::iter::from_fn(|| {
            // Relaxed: the counter only gives each number to one thread.
            let index = taken.fetch_add(1, Ordering::Relaxed);
            urls.get(index).map(|url| (index, visit.page(url)))
        })
        .collect::<Vec<_>>()
    };
    let mut counts = std::thread::scope(|scope| {
        let crew: Vec<_> =
            (0..limits.connections.min(urls.len())).map(|_| scope.spawn(work)).collect();
        crew.into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect::<Vec<_>>()
    });
    counts.sort_unstable_by_key(|&(index, _)| index);
    counts.into_iter().map(|(_, count)| count).collect()
}
