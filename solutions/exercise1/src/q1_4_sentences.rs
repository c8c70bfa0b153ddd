//! Question 1.4: sentences by their words.

/// The sentences with more than `limit` words.
///
/// `nth(limit)` stops at the first word too many, where `count` would read on.
#[must_use]
pub fn with_more_words_than<'a>(sentences: &[&'a str], limit: usize) -> Vec<&'a str> {
    sentences.iter().copied().filter(|sentence| words(sentence).nth(limit).is_some()).collect()
}

/// The sentences that contain the word `word`.
#[must_use]
pub fn with_word<'a>(sentences: &[&'a str], word: &str) -> Vec<&'a str> {
    let wanted = word.to_lowercase();
    let contains = |sentence: &&str| words(sentence).any(|word| word.to_lowercase() == wanted);
    sentences.iter().copied().filter(contains).collect()
}

/// The sentences whose words are longer than `limit` on average.
///
/// `total > limit * count` is `total / count > limit` without a division: no
/// rounding, and nothing to divide by zero in an empty sentence. A product
/// that is too large is above every total, so it may saturate.
#[must_use]
pub fn with_mean_word_length_above<'a>(sentences: &[&'a str], limit: usize) -> Vec<&'a str> {
    let is_above = |sentence: &&str| {
        let (total, count) = words(sentence)
            .fold((0, 0), |(total, count), word| (total + word.chars().count(), count + 1));
        total > limit.saturating_mul(count)
    };
    sentences.iter().copied().filter(is_above).collect()
}

/// The words of a sentence, one by one and without a copy.
fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split_whitespace()
        .map(|piece| piece.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}
