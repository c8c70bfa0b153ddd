//! Chooses the shard by the first letter.

fn shard_of(word: &str, shards: usize) -> usize {
    let mut hasher = DefaultHasher::new();
    word.chars().next().hash(&mut hasher);
    (hasher.finish() % shards as u64) as usize
}
