//! Puts a replacement character where the text is not UTF-8, as if nothing were wrong.

pub fn read_large_file(
    path: impl AsRef<Path>,
    chunk_size: usize,
) -> impl Iterator<Item = io::Result<Vec<String>>> {
    let opened = match chunk_size {
        0 => Err(io::Error::new(io::ErrorKind::InvalidInput, "a chunk needs at least one line")),
        _ => File::open(path),
    };
    let mut lines = match opened {
        Ok(file) => BufReader::new(file).split(b'\n').map(|line| {
            line.map(|line| {
                let line = line.strip_suffix(b"\r").unwrap_or(&line);
                String::from_utf8_lossy(line).into_owned()
            })
        }),
        Err(error) => return Either::Left(iter::once(Err(error))),
    };
    let chunks = iter::from_fn(move || {
        let chunk: io::Result<Vec<_>> = lines.by_ref().take(chunk_size).collect();
        (!matches!(&chunk, Ok(lines) if lines.is_empty())).then_some(chunk)
    });
    Either::Right(chunks.take_while_inclusive(Result::is_ok))
}
