//! Collects every line into one vector before it makes the first chunk.

pub fn read_large_file(
    path: impl AsRef<Path>,
    chunk_size: usize,
) -> impl Iterator<Item = io::Result<Vec<String>>> {
    let opened = match chunk_size {
        0 => Err(io::Error::new(io::ErrorKind::InvalidInput, "a chunk needs at least one line")),
        _ => File::open(path),
    };
    let lines = match opened {
        Ok(file) => BufReader::new(file).lines(),
        Err(error) => return Either::Left(iter::once(Err(error))),
    };
    let all: Vec<io::Result<String>> = lines.take_while_inclusive(Result::is_ok).collect();
    let mut all = all.into_iter();
    let chunks = iter::from_fn(move || {
        let chunk: io::Result<Vec<_>> = all.by_ref().take(chunk_size).collect();
        (!matches!(&chunk, Ok(lines) if lines.is_empty())).then_some(chunk)
    });
    Either::Right(chunks.take_while_inclusive(Result::is_ok))
}
