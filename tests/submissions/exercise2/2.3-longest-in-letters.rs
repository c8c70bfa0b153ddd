//! Measures sentences by their length in bytes.

pub fn with_most_words<'a>(sentences: &[&'a str]) -> Option<&'a str> {
    sentences.iter().copied().reduce(|most, next| if next.len() > most.len() { next } else { most })
}
