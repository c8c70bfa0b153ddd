//! Holds the text of a file twice.

pub fn count_file(path: &Path, workers: usize) -> io::Result<HashMap<String, u64>> {
    let bytes = std::fs::read(path)?;
    let text = String::from_utf8(bytes.clone()).map_err(|_| io::ErrorKind::InvalidData)?;
    let counts = count_text(&text, workers, Sharing::MergeAtEnd);
    Ok(counts.into_iter().map(|(word, count)| (word.to_owned(), count)).take(bytes.len()).collect())
}
