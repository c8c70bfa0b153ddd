//! Looks for the letters instead of the word.

pub fn with_word<'a>(sentences: &[&'a str], word: &str) -> Vec<&'a str> {
    let wanted = word.to_lowercase();
    sentences.iter().copied().filter(|text| text.to_lowercase().contains(&wanted)).collect()
}
