//! Leaves capital letters beyond ASCII as they are.

pub fn unique_words(sentences: &[&str]) -> BTreeSet<String> {
    sentences.iter().flat_map(|sentence| words(sentence)).map(str::to_ascii_lowercase).collect()
}
