//! Does the first half of the images alone, before it starts the workers.

pub fn process_images_par(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    assert!(workers > 0, "work needs at least one worker");
    let mut first = prepare(input, output)?;
    let rest = first.split_off(first.len() / 2);
    let alone = first.into_iter().map(|source| process(source, output, &progress));
    let mut report: Vec<Processed> = alone.collect();
    let work = || {
        let rest = rest.into_par_iter().with_max_len(1);
        rest.map(|source| process(source, output, &progress)).collect::<Vec<_>>()
    };
    let pool = ThreadPoolBuilder::new().num_threads(workers);
    let done = pool.build_scoped(|thread| thread.run(), |pool| pool.install(work));
    report.extend(done.map_err(io::Error::other)?);
    Ok(report)
}
