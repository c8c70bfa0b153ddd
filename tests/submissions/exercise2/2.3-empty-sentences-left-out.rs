//! Divides by the number of sentences that have words.

pub fn mean_length(sentences: &[&str]) -> Option<f64> {
    let counts = sentences.iter().map(|sentence| words(sentence).count());
    let counts: Vec<usize> = counts.filter(|&count| count > 0).collect();
    (!sentences.is_empty())
        .then(|| counts.iter().sum::<usize>() as f64 / counts.len().max(1) as f64)
}
