//! Compares letters with their case.

pub fn with_word<'a>(sentences: &[&'a str], word: &str) -> Vec<&'a str> {
    sentences
        .iter()
        .copied()
        .filter(|sentence| words(sentence).any(|found| found == word))
        .collect()
}
