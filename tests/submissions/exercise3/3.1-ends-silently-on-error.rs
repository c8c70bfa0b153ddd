//! Takes lines as long as they are fine, and calls any error the end of the file.

pub fn read_large_file(
    path: impl AsRef<Path>,
    chunk_size: usize,
) -> impl Iterator<Item = io::Result<Vec<String>>> {
    let lines = File::open(path).ok().map(|file| BufReader::new(file).lines());
    let mut lines = lines.into_iter().flatten().map_while(Result::ok);
    iter::from_fn(move || {
        let chunk: Vec<_> = lines.by_ref().take(chunk_size).collect();
        (!chunk.is_empty()).then_some(Ok(chunk))
    })
}
