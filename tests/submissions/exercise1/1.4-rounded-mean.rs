//! Divides whole numbers, so that a mean of 5.5 becomes 5.

pub fn with_mean_word_length_above<'a>(sentences: &[&'a str], limit: usize) -> Vec<&'a str> {
    let mean = |sentence: &str| {
        let total: usize = words(sentence).map(|word| word.chars().count()).sum();
        total / words(sentence).count().max(1)
    };
    sentences.iter().copied().filter(|sentence| mean(sentence) > limit).collect()
}
