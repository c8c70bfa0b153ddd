//! Gives words to the shards by turns, so one word is in many shards.

use std::sync::atomic::AtomicUsize;

static TURN: AtomicUsize = AtomicUsize::new(0);

fn shard_of(_word: &str, shards: usize) -> usize {
    TURN.fetch_add(1, Ordering::Relaxed) % shards
}
