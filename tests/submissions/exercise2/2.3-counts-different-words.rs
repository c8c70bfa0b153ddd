//! Counts the different words.

pub fn total_words(sentences: &[&str]) -> usize {
    sentences.iter().flat_map(|sentence| words(sentence)).collect::<BTreeSet<_>>().len()
}
