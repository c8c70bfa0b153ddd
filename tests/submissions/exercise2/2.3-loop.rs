//! Loops over sentences and words.

pub fn unique_words(sentences: &[&str]) -> BTreeSet<String> {
    let mut unique = BTreeSet::new();
    for sentence in sentences {
        unique.extend(words(sentence).map(str::to_lowercase));
    }
    unique
}
