//! Measures words in bytes.

pub fn with_mean_word_length_above<'a>(sentences: &[&'a str], limit: usize) -> Vec<&'a str> {
    sentences
        .iter()
        .copied()
        .filter(|sentence| {
            words(sentence).map(str::len).sum::<usize>() > limit * words(sentence).count()
        })
        .collect()
}
