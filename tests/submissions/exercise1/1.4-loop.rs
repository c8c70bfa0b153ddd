//! Loops and pushes where a filter is asked for.

pub fn with_more_words_than<'a>(sentences: &[&'a str], limit: usize) -> Vec<&'a str> {
    let mut kept = Vec::new();
    for sentence in sentences {
        if words(sentence).count() > limit {
            kept.push(*sentence);
        }
    }
    kept
}
