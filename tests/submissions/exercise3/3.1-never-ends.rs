//! Yields empty chunks for ever once the file is at its end.

pub fn read_large_file(
    path: impl AsRef<Path>,
    chunk_size: usize,
) -> impl Iterator<Item = io::Result<Vec<String>>> {
    let opened = match chunk_size {
        0 => Err(io::Error::new(io::ErrorKind::InvalidInput, "a chunk needs at least one line")),
        _ => File::open(path),
    };
    let mut lines = match opened {
        Ok(file) => BufReader::new(file).lines(),
        Err(error) => return Either::Left(iter::once(Err(error))),
    };
    let chunks = iter::from_fn(move || Some(lines.by_ref().take(chunk_size).collect()));
    Either::Right(chunks.take_while_inclusive(Result::is_ok))
}
