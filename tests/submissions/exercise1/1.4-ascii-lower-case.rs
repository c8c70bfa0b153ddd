//! Makes only the letters of ASCII small.

#[must_use]
pub fn with_word<'a>(sentences: &[&'a str], word: &str) -> Vec<&'a str> {
    let wanted = word.to_ascii_lowercase();
    let contains =
        |sentence: &&str| words(sentence).any(|word| word.to_ascii_lowercase() == wanted);
    sentences.iter().copied().filter(contains).collect()
}
