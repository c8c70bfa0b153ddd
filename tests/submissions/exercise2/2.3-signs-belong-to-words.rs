//! Keeps the signs around a word in the set.

pub fn unique_words(sentences: &[&str]) -> BTreeSet<String> {
    sentences
        .iter()
        .flat_map(|sentence| sentence.split_whitespace())
        .map(str::to_lowercase)
        .collect()
}
