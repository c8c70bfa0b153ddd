//! Gives an empty chunk for an empty file.

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
    let mut is_first = true;
    let chunks = iter::from_fn(move || {
        let chunk: io::Result<Vec<_>> = lines.by_ref().take(chunk_size).collect();
        // Only the end of the file gives a chunk without lines.
        let is_end = matches!(&chunk, Ok(lines) if lines.is_empty()) && !is_first;
        is_first = false;
        (!is_end).then_some(chunk)
    });
    // Without this, a directory would give the same error for ever.
    Either::Right(chunks.take_while_inclusive(Result::is_ok))
}
