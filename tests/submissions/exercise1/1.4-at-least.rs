//! Keeps sentences of exactly as many words as the limit.

pub fn with_more_words_than<'a>(sentences: &[&'a str], limit: usize) -> Vec<&'a str> {
    sentences.iter().copied().filter(|sentence| words(sentence).count() >= limit).collect()
}
