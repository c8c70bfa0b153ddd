//! Empties the dictionary before it counts.

pub fn count_locked<'t, W>(parts: Vec<W>, counts: &Mutex<Counts<'t>>)
where
    W: Iterator<Item = &'t str> + Send,
{
    lock(counts).clear();
    on_each(parts, |words| {
        for word in words {
            // The guard lives to the end of this statement.
            *lock(counts).entry(word).or_default() += 1;
        }
    });
}
