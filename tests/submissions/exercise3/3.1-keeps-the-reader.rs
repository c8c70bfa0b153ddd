//! Leaks the iterator to get one that lives for ever: its reader and its file
//! are never closed.

pub fn read_large_file(
    path: impl AsRef<Path>,
    chunk_size: usize,
) -> impl Iterator<Item = io::Result<Vec<String>>> {
    let path = path.as_ref().to_owned();
    Box::leak(Box::new(solution_read_large_file(path, chunk_size)))
}
