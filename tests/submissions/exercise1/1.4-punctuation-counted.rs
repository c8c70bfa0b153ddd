//! Takes punctuation for a part of the word before it.

fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split_whitespace()
}
