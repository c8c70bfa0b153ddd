//! Takes the lock for a whole part.

pub fn count_locked<'t, W>(parts: Vec<W>, counts: &Mutex<Counts<'t>>)
where
    W: Iterator<Item = &'t str> + Send,
{
    on_each(parts, |words| {
        let mut counts = lock(counts);
        for word in words {
            *counts.entry(word).or_default() += 1;
        }
    });
}
