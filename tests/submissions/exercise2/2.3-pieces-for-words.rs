//! Counts a lonely dash as a word, and an empty one too.

fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split_whitespace().map(|piece| piece.trim_matches(|c: char| !c.is_alphanumeric()))
}
