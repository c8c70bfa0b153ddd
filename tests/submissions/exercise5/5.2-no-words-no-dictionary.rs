//! Panics where there are no words.

pub fn count_words<'t>(words: impl Iterator<Item = &'t str>) -> Counts<'t> {
    let mut counts = Counts::new();
    let mut words = words.peekable();
    assert!(words.peek().is_some(), "nothing to count");
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    counts
}
