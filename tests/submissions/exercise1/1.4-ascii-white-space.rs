//! Takes only the white space of ASCII for the end of a word.

fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split_ascii_whitespace()
        .map(|piece| piece.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}
