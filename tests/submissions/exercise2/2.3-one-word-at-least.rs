//! Takes a sentence without words for one with a single word.

#[must_use]
pub fn total_words(sentences: &[&str]) -> usize {
    sentences.iter().map(|sentence| words(sentence).count().max(1)).sum()
}
