//! Tells its progress when all is done, on the caller's thread.

pub fn process_images_par(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    assert!(workers > 0, "work needs at least one worker");
    let sources = prepare(input, output)?;
    let work = || {
        let sources = sources.into_par_iter().with_max_len(1);
        sources.map(|source| process(source, output, &|_| {})).collect::<Vec<Processed>>()
    };
    ThreadPoolBuilder::new()
        .num_threads(workers)
        .build_scoped(|thread| thread.run(), |pool| pool.install(work))
        .map_err(io::Error::other)
        .inspect(|done| {
            for one in done {
                progress(Progress::Started(&one.source));
                progress(Progress::Finished(&one.source));
            }
        })
}
