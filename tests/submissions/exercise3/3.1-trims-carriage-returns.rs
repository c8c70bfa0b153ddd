//! Takes every carriage return at the end of a line away.

pub fn read_large_file(
    path: impl AsRef<Path>,
    chunk_size: usize,
) -> impl Iterator<Item = io::Result<Vec<String>>> {
    solution_read_large_file(path, chunk_size).map(|chunk| {
        let lines = chunk?.into_iter();
        Ok(lines.map(|line| line.trim_end_matches('\r').to_owned()).collect())
    })
}
