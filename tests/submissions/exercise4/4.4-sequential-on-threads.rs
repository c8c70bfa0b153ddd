//! Has the sequential version work on threads, too.

pub fn process_images_seq(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    assert!(workers > 0, "work needs at least one worker");
    let sources = prepare(input, output)?;
    drop(sources);
    process_images_par(input, output, workers, progress)
}
