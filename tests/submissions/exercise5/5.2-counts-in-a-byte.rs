//! Counts every word in eight bits.

pub fn count_words<'t>(words: impl Iterator<Item = &'t str>) -> Counts<'t> {
    let mut counts: HashMap<&str, u8> = HashMap::new();
    for word in words {
        let count = counts.entry(word).or_default();
        *count = count.wrapping_add(1);
    }
    counts.into_iter().map(|(word, count)| (word, count.into())).collect()
}
