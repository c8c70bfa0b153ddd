//! Ends everything with the error of the first image that cannot be done.

pub fn process_images_seq(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    assert!(workers > 0, "work needs at least one worker");
    let mut report = Vec::new();
    for source in prepare(input, output)? {
        let Processed { source, result } = process(source, output, &progress);
        let target = result.map_err(io::Error::other)?;
        report.push(Processed { source, result: Ok(target) });
    }
    Ok(report)
}
