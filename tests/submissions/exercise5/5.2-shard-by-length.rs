//! Chooses the shard by the length of the word.

fn shard_of(word: &str, shards: usize) -> usize {
    let mut hasher = DefaultHasher::new();
    word.len().hash(&mut hasher);
    (hasher.finish() % shards as u64) as usize
}
