//! A boxed iterator over batches of results, with `fuse` and `scan`.

pub fn read_large_file(
    path: impl AsRef<Path>,
    chunk_size: usize,
) -> impl Iterator<Item = io::Result<Vec<String>>> {
    let lines: Box<dyn Iterator<Item = io::Result<String>>> = if chunk_size == 0 {
        Box::new(iter::once(Err(io::Error::other("unused"))))
    } else {
        match std::fs::OpenOptions::new().read(true).open(path) {
            Ok(file) => Box::new(BufReader::with_capacity(1 << 12, file).lines()),
            Err(error) => Box::new(iter::once(Err(error))),
        }
    };
    let mut lines = lines.fuse();
    let mut failed = false;
    iter::from_fn(move || {
        if failed {
            return None;
        }
        if chunk_size == 0 {
            failed = true;
            return Some(Err(io::Error::from(io::ErrorKind::InvalidInput)));
        }
        let mut chunk = vec![lines.next()?];
        while chunk.len() < chunk_size && chunk.last().is_some_and(Result::is_ok) {
            match lines.next() {
                Some(line) => chunk.push(line),
                None => break,
            }
        }
        let chunk: io::Result<Vec<String>> = chunk.into_iter().collect();
        failed = chunk.is_err();
        Some(chunk)
    })
}
