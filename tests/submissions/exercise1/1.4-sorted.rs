//! Sorts the sentences and gives each once.

#[must_use]
pub fn with_word<'a>(sentences: &[&'a str], word: &str) -> Vec<&'a str> {
    let wanted = word.to_lowercase();
    let contains = |sentence: &&str| words(sentence).any(|word| word.to_lowercase() == wanted);
    let found: std::collections::BTreeSet<&str> =
        sentences.iter().copied().filter(contains).collect();
    found.into_iter().collect()
}
