//! Gathers the words of a sentence in lists and divides floats.

fn word_list(sentence: &str) -> Vec<String> {
    sentence
        .split_whitespace()
        .map(|piece| {
            piece
                .trim_start_matches(|c: char| !c.is_alphanumeric())
                .trim_end_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect()
}

pub fn with_more_words_than<'a>(sentences: &[&'a str], limit: usize) -> Vec<&'a str> {
    sentences.iter().filter(|sentence| word_list(sentence).len() > limit).copied().collect()
}

pub fn with_word<'a>(sentences: &[&'a str], word: &str) -> Vec<&'a str> {
    let word = word.to_lowercase();
    sentences.iter().filter(|sentence| word_list(sentence).contains(&word)).copied().collect()
}

pub fn with_mean_word_length_above<'a>(sentences: &[&'a str], limit: usize) -> Vec<&'a str> {
    let mean = |words: &[String]| {
        words.iter().map(|word| word.chars().count()).sum::<usize>() as f64 / words.len() as f64
    };
    sentences
        .iter()
        .filter(|sentence| {
            let words = word_list(sentence);
            !words.is_empty() && mean(&words) > limit as f64
        })
        .copied()
        .collect()
}
