//! Uses max_by_key, which gives the last of equals.

pub fn with_most_words<'a>(sentences: &[&'a str]) -> Option<&'a str> {
    sentences.iter().copied().max_by_key(|sentence| words(sentence).count())
}
