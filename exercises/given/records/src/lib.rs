//! Seeded records, texts and files that the exercises work on.
//!
//! The same seed gives the same data on every machine: all randomness comes
//! from `ChaCha8`, whose stream is fixed by its algorithm.

pub mod clock;
pub mod employees;
pub mod lines;
pub mod logs;
pub mod matrices;
pub mod numbers;
pub mod paths;
pub mod products;
pub mod sales;
pub mod texts;
pub mod transactions;

/// The generator of all records.
pub(crate) fn generator(seed: u64) -> rand_chacha::ChaCha8Rng {
    use rand::SeedableRng;
    rand_chacha::ChaCha8Rng::seed_from_u64(seed)
}
