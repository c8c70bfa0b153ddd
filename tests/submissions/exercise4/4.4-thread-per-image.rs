//! Starts a thread for every image, and all of them at once.

pub fn process_images_par(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    assert!(workers > 0, "work needs at least one worker");
    let sources = prepare(input, output)?;
    let progress = &progress;
    Ok(std::thread::scope(|scope| {
        let threads: Vec<_> = sources
            .into_iter()
            .map(|source| scope.spawn(move || process(source, output, progress)))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    }))
}
