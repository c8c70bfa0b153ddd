//! Keeps words as they are written.

pub fn unique_words(sentences: &[&str]) -> BTreeSet<String> {
    sentences.iter().flat_map(|sentence| words(sentence)).map(str::to_owned).collect()
}
