//! Reads a file that is not UTF-8 with replacements.

pub fn count_file(path: &Path, workers: usize) -> io::Result<HashMap<String, u64>> {
    let text = String::from_utf8_lossy(&std::fs::read(path)?).into_owned();
    let counts = count_text(&text, workers, Sharing::MergeAtEnd);
    Ok(counts.into_iter().map(|(word, count)| (word.to_owned(), count)).collect())
}
