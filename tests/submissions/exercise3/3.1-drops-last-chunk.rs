//! Yields full chunks only, so that the last lines are lost.

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
    let chunks = iter::from_fn(move || {
        let chunk: io::Result<Vec<_>> = lines.by_ref().take(chunk_size).collect();
        (!matches!(&chunk, Ok(lines) if lines.len() < chunk_size)).then_some(chunk)
    });
    Either::Right(chunks.take_while_inclusive(Result::is_ok))
}
