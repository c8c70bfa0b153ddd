//! Divides by the number of words without asking whether there are any.

pub fn with_mean_word_length_above<'a>(sentences: &[&'a str], limit: usize) -> Vec<&'a str> {
    let thousandths = |sentence: &str| {
        let total: usize = words(sentence).map(|word| word.chars().count()).sum();
        1000 * total / words(sentence).count()
    };
    sentences.iter().copied().filter(|sentence| thousandths(sentence) > 1000 * limit).collect()
}
