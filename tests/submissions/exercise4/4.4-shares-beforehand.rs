//! Deals the images out to the workers beforehand.

pub fn process_images_par(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    assert!(workers > 0, "work needs at least one worker");
    let sources = prepare(input, output)?;
    let work = || {
        let share = sources.len().div_ceil(workers).max(1);
        let sources = sources.into_par_iter().with_min_len(share);
        sources.map(|source| process(source, output, &progress)).collect()
    };
    ThreadPoolBuilder::new()
        .num_threads(workers)
        .build_scoped(|thread| thread.run(), |pool| pool.install(work))
        .map_err(io::Error::other)
}
