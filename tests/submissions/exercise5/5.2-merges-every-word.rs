//! Locks the shared dictionary for every word instead of merging at the end.

pub fn count_merged<'t, W>(parts: Vec<W>, counts: &Mutex<Counts<'t>>)
where
    W: Iterator<Item = &'t str> + Send,
{
    count_locked(parts, counts);
}
