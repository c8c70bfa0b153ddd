//! Reads with `read_line` into a string, and cuts the line ends by hand.

pub fn read_large_file(
    path: impl AsRef<Path>,
    chunk_size: usize,
) -> impl Iterator<Item = io::Result<Vec<String>>> {
    let mut reader = None;
    let mut is_over = false;
    iter::from_fn(move || {
        if is_over {
            return None;
        }
        let mut read = || {
            if chunk_size == 0 {
                return Err(io::ErrorKind::InvalidInput.into());
            }
            if reader.is_none() {
                reader = Some(BufReader::new(File::open(path.as_ref())?));
            }
            let reader = reader.as_mut().unwrap();
            let mut chunk = Vec::new();
            while chunk.len() < chunk_size {
                let mut line = String::new();
                if reader.read_line(&mut line)? == 0 {
                    break;
                }
                if let Some(cut) = line.strip_suffix('\n') {
                    let cut = cut.strip_suffix('\r').unwrap_or(cut);
                    line.truncate(cut.len());
                }
                chunk.push(line);
            }
            Ok(chunk)
        };
        let chunk = read();
        is_over = !matches!(&chunk, Ok(lines) if lines.len() == chunk_size);
        match chunk {
            Ok(lines) if lines.is_empty() => None,
            other => Some(other),
        }
    })
}
