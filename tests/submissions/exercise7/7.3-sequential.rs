//! The parallel pipeline is the sequential one.

pub fn process_par(inputs: &[PathBuf], output: &Path, workers: usize) -> io::Result<Counts> {
    process_seq(inputs, output, workers)
}
