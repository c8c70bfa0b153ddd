//! Question 2.3: what a text is made of.

use std::collections::BTreeSet;

/// How many words all `sentences` have together.
#[must_use]
pub fn total_words(sentences: &[&str]) -> usize {
    sentences.iter().map(|sentence| words(sentence).count()).sum()
}

/// The sentence with the most words.
///
/// The count travels with its sentence, so nothing is counted twice; only
/// more words take the place, so the first of equals stays. `max_by_key` would
/// give the last.
#[must_use]
pub fn with_most_words<'a>(sentences: &[&'a str]) -> Option<&'a str> {
    sentences
        .iter()
        .map(|&sentence| (words(sentence).count(), sentence))
        .reduce(|most, next| if next.0 > most.0 { next } else { most })
        .map(|(_, sentence)| sentence)
}

/// Every word of the `sentences` once and in small letters.
///
/// A `BTreeSet` costs a little more than a `HashSet` and has one order, so the
/// list comes out the same in every run.
#[must_use]
pub fn unique_words(sentences: &[&str]) -> BTreeSet<String> {
    sentences.iter().flat_map(|sentence| words(sentence)).map(str::to_lowercase).collect()
}

/// How many words a sentence has on average.
///
/// The sum is a whole number and exact; the one division comes last.
#[must_use]
pub fn mean_length(sentences: &[&str]) -> Option<f64> {
    (!sentences.is_empty()).then(|| total_words(sentences) as f64 / sentences.len() as f64)
}

/// The words of a sentence, one by one and without a copy.
fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split_whitespace()
        .map(|piece| piece.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}
