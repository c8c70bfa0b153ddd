//! Is written as an iterator type of its own, with a large buffer and a loop.

/// The chunks of a file, and what is left to say when it could not be opened.
struct Chunks {
    reader: Option<BufReader<File>>,
    error: Option<io::Error>,
    chunk_size: usize,
}

impl Iterator for Chunks {
    type Item = io::Result<Vec<String>>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.error.take() {
            return Some(Err(error));
        }
        let mut reader = self.reader.take()?;
        let mut chunk = Vec::new();
        while chunk.len() < self.chunk_size {
            let mut line = String::new();
            match reader.read_line(&mut line) {
                Err(error) => return Some(Err(error)),
                Ok(0) if chunk.is_empty() => return None,
                Ok(0) => return Some(Ok(chunk)),
                Ok(_) => {}
            }
            if line.ends_with('\n') {
                line.pop();
                if line.ends_with('\r') {
                    line.pop();
                }
            }
            chunk.push(line);
        }
        self.reader = Some(reader);
        Some(Ok(chunk))
    }
}

pub fn read_large_file(
    path: impl AsRef<Path>,
    chunk_size: usize,
) -> impl Iterator<Item = io::Result<Vec<String>>> {
    let mut chunks = Chunks { reader: None, error: None, chunk_size };
    if chunk_size == 0 {
        chunks.error = Some(io::Error::new(io::ErrorKind::InvalidInput, "empty chunks"));
        return chunks;
    }
    match File::open(path) {
        Ok(file) => chunks.reader = Some(BufReader::with_capacity(256 << 10, file)),
        Err(error) => chunks.error = Some(error),
    }
    chunks
}
