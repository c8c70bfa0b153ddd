//! Looks at the first sentence without asking whether there is one.

#[must_use]
pub fn with_word<'a>(sentences: &[&'a str], word: &str) -> Vec<&'a str> {
    let wanted = word.to_lowercase();
    let contains = |sentence: &&str| words(sentence).any(|word| word.to_lowercase() == wanted);
    let _ = sentences[0];
    sentences.iter().copied().filter(contains).collect()
}
