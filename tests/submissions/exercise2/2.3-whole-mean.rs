//! Divides before it makes a float.

pub fn mean_length(sentences: &[&str]) -> Option<f64> {
    total_words(sentences).checked_div(sentences.len()).map(|mean| mean as f64)
}
