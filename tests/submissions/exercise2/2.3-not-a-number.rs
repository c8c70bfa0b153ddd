//! Gives NaN for no sentences.

pub fn mean_length(sentences: &[&str]) -> Option<f64> {
    Some(total_words(sentences) as f64 / sentences.len() as f64)
}
