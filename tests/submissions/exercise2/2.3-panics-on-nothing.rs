//! Looks at the first sentence without asking whether there is one.

#[must_use]
pub fn total_words(sentences: &[&str]) -> usize {
    let _ = sentences[0];
    sentences.iter().map(|sentence| words(sentence).count()).sum()
}

#[must_use]
pub fn unique_words(sentences: &[&str]) -> BTreeSet<String> {
    let _ = sentences[0];
    sentences.iter().flat_map(|sentence| words(sentence)).map(str::to_lowercase).collect()
}
