//! Takes no workers for one.

pub fn process_images_par(
    input: &Path,
    output: &Path,
    workers: usize,
    progress: impl Fn(Progress<'_>) + Sync,
) -> io::Result<Vec<Processed>> {
    solution_process_images_par(input, output, workers.max(1), progress)
}
