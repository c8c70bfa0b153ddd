//! Reserves room for a whole chunk before it knows how many lines there are.

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
        let mut chunk = Vec::with_capacity(chunk_size);
        for line in lines.by_ref().take(chunk_size) {
            match line {
                Ok(line) => chunk.push(line),
                Err(error) => return Some(Err(error)),
            }
        }
        (!chunk.is_empty()).then_some(Ok(chunk))
    });
    Either::Right(chunks.take_while_inclusive(Result::is_ok))
}
