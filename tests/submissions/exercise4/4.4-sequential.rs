//! Works on one image after another, whatever the number of workers.

pub fn process_images_par(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    process_images_seq(input, output, workers, progress)
}
