//! Replaces what is in the dictionary by the counts of a part.

pub fn count_merged<'t, W>(parts: Vec<W>, counts: &Mutex<Counts<'t>>)
where
    W: Iterator<Item = &'t str> + Send,
{
    on_each(parts, |words| {
        let own = count_words(words);
        let mut counts = lock(counts);
        for (word, count) in own {
            counts.insert(word, count);
        }
    });
}
