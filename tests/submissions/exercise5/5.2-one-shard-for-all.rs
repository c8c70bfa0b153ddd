//! Puts every word into the first shard.

fn shard_of(_word: &str, _shards: usize) -> usize {
    0
}
