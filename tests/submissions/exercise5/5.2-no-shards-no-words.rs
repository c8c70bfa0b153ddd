//! Counts nothing where there are no shards.

pub fn count_sharded<'t, W>(parts: Vec<W>, shards: &[Mutex<Counts<'t>>])
where
    W: Iterator<Item = &'t str> + Send,
{
    if shards.is_empty() {
        return;
    }
    on_each(parts, |words| {
        for word in words {
            *lock(&shards[shard_of(word, shards.len())]).entry(word).or_default() += 1;
        }
    });
}
