//! Splits at the blank alone.

fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split(' ')
        .map(|piece| piece.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}
