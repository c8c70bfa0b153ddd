//! Gathers lists of words, folds sets, searches from the end and keeps a running mean.

use std::cmp::Reverse;

fn word_list(sentence: &str) -> Vec<String> {
    let edge = |c: char| !c.is_alphanumeric();
    sentence
        .split_whitespace()
        .map(|piece| piece.trim_start_matches(edge).trim_end_matches(edge).to_lowercase())
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect()
}

pub fn total_words(sentences: &[&str]) -> usize {
    sentences.iter().fold(0, |total, sentence| total + word_list(sentence).len())
}

pub fn with_most_words<'a>(sentences: &[&'a str]) -> Option<&'a str> {
    sentences.iter().copied().min_by_key(|sentence| Reverse(word_list(sentence).len()))
}

pub fn unique_words(sentences: &[&str]) -> BTreeSet<String> {
    sentences
        .iter()
        .map(|sentence| word_list(sentence).into_iter().collect::<BTreeSet<_>>())
        .reduce(|left, right| &left | &right)
        .unwrap_or_default()
}

pub fn mean_length(sentences: &[&str]) -> Option<f64> {
    sentences.iter().zip(1_u32..).fold(None, |mean, (sentence, number)| {
        let mean = mean.unwrap_or(0.0);
        Some(mean + (word_list(sentence).len() as f64 - mean) / f64::from(number))
    })
}
