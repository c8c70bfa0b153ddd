//! Max_by with a second key, a map of everything first, integers from the end.

pub fn total_words(sentences: &[&str]) -> usize {
    sentences
        .iter()
        .map(|sentence| words(sentence).count())
        .reduce(|sum, count| sum + count)
        .unwrap_or(0)
}

pub fn with_most_words<'a>(sentences: &[&'a str]) -> Option<&'a str> {
    sentences.iter().rev().copied().reduce(|most, next| {
        let [of_most, of_next] = [most, next].map(|sentence| words(sentence).count());
        if of_next >= of_most { next } else { most }
    })
}

pub fn unique_words(sentences: &[&str]) -> BTreeSet<String> {
    let mut unique = BTreeSet::new();
    unique.extend(
        sentences.iter().map(|sentence| words(sentence).map(|word| word.to_lowercase())).flatten(),
    );
    unique
}

pub fn mean_length(sentences: &[&str]) -> Option<f64> {
    let counts = sentences.iter().map(|sentence| words(sentence).count() as f64);
    let sum = counts.reduce(|sum, count| sum + count)?;
    Some(sum / sentences.len() as f64)
}
