//! A list that only keeps its words, an excess added up in signed numbers.

fn words(sentence: &str) -> impl Iterator<Item = String> {
    let mut pieces: Vec<String> = sentence
        .split_whitespace()
        .map(|piece| {
            let rest: String = piece.chars().skip_while(|c| !c.is_alphanumeric()).collect();
            let back: String = rest.chars().rev().skip_while(|c| !c.is_alphanumeric()).collect();
            back.chars().rev().collect()
        })
        .collect();
    pieces.retain(|piece| piece != "");
    pieces.into_iter()
}

pub fn with_more_words_than<'a>(sentences: &[&'a str], limit: usize) -> Vec<&'a str> {
    let mut kept: Vec<&'a str> = Vec::new();
    kept.extend(sentences.iter().filter(|sentence| words(sentence).count() > limit));
    kept
}

pub fn with_word<'a>(sentences: &[&'a str], word: &str) -> Vec<&'a str> {
    let is_it = |other: String| {
        other.chars().flat_map(char::to_lowercase).eq(word.chars().flat_map(char::to_lowercase))
    };
    sentences.iter().filter(|sentence| words(sentence).any(is_it)).copied().collect()
}

pub fn with_mean_word_length_above<'a>(sentences: &[&'a str], limit: usize) -> Vec<&'a str> {
    let excess = |sentence: &str| -> i128 {
        words(sentence).map(|word| word.chars().count() as i128 - limit as i128).sum()
    };
    sentences.iter().filter(|sentence| excess(sentence) > 0).copied().collect()
}
