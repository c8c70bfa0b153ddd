//! Reads the whole file into one string, and cuts the chunks out of that.

pub fn read_large_file(
    path: impl AsRef<Path>,
    chunk_size: usize,
) -> impl Iterator<Item = io::Result<Vec<String>>> {
    let text = match chunk_size {
        0 => Err(io::Error::new(io::ErrorKind::InvalidInput, "a chunk needs at least one line")),
        _ => std::fs::read_to_string(path),
    };
    let text = match text {
        Ok(text) => text,
        Err(error) => return Either::Left(iter::once(Err(error))),
    };
    let mut start = 0;
    Either::Right(iter::from_fn(move || {
        let rest = &text[start..];
        let bytes: usize = rest.split_inclusive('\n').take(chunk_size).map(str::len).sum();
        start += bytes;
        (bytes > 0).then(|| Ok(rest[..bytes].lines().map(str::to_owned).collect()))
    }))
}
