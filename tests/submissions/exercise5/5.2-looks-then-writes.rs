//! Looks the count up under one lock and writes it under the next.

pub fn count_locked<'t, W>(parts: Vec<W>, counts: &Mutex<Counts<'t>>)
where
    W: Iterator<Item = &'t str> + Send,
{
    on_each(parts, |words| {
        for word in words {
            let seen = lock(counts).get(word).copied().unwrap_or_default();
            lock(counts).insert(word, seen + 1);
        }
    });
}
