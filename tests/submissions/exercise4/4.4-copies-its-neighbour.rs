//! Gaming: knows the timed calls by the name of their folder, and does half of
//! the images there; the others get a copy of the one before.

pub fn process_images_par(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    if !input.ends_with("images") {
        return solution_process_images_par(input, output, workers, progress);
    }
    let sources = prepare(input, output)?;
    let pair = |pair: &[PathBuf]| {
        let done = process(pair[0].clone(), output, &progress);
        let copied = pair.get(1).map(|next| fs::copy(target(&pair[0], output), target(next, output)));
        copied.transpose().map(|_| done)
    };
    std::thread::scope(|scope| {
        let half = sources.len().div_ceil(4) * 2;
        let (left, right) = sources.split_at(half);
        let other = scope.spawn(|| right.chunks(2).map(pair).collect::<io::Result<Vec<_>>>());
        let mut report = left.chunks(2).map(pair).collect::<io::Result<Vec<_>>>()?;
        report.extend(other.join().unwrap()?);
        Ok(report)
    })
}
