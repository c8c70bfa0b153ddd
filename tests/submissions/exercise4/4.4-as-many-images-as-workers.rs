//! Panics where there are fewer images than workers.

pub fn process_images_par(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    assert!(workers > 0, "work needs at least one worker");
    let sources = prepare(input, output)?;
    assert!(sources.is_empty() || sources.len() >= workers, "too many workers");
    let work = || {
        let sources = sources.into_par_iter().with_max_len(1);
        sources.map(|source| process(source, output, &progress)).collect()
    };
    ThreadPoolBuilder::new()
        .num_threads(workers)
        .build_scoped(|thread| thread.run(), |pool| pool.install(work))
        .map_err(io::Error::other)
}
