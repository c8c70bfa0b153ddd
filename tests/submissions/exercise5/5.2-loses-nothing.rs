//! Demonstrates the lost update with an update that is never lost.

pub fn increment_apart(workers: usize, rounds: u64, pause: impl Fn() + Sync) -> u64 {
    increment_whole(workers, rounds, pause)
}
