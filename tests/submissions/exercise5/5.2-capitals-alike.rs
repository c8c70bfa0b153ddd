//! Counts The and the as one word.

pub fn count_file(path: &Path, workers: usize) -> io::Result<HashMap<String, u64>> {
    let text = std::fs::read_to_string(path)?;
    let text = text.to_lowercase();
    let counts = count_text(&text, workers, Sharing::MergeAtEnd);
    Ok(counts.into_iter().map(|(word, count)| (word.to_owned(), count)).collect())
}
