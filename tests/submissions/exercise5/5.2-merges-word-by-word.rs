//! Takes the lock anew for each word that it merges.

pub fn count_merged<'t, W>(parts: Vec<W>, counts: &Mutex<Counts<'t>>)
where
    W: Iterator<Item = &'t str> + Send,
{
    on_each(parts, |words| {
        let own = count_words(words);
        for (word, count) in own {
            *lock(counts).entry(word).or_default() += count;
        }
    });
}
