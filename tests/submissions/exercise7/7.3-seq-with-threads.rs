//! Runs the parallel pipeline in place of the sequential one.

pub fn process_seq(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    assert!(workers > 0, "a pipeline needs at least one worker");
    process_par(inputs, output, workers)
}
