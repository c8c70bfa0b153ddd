//! Honest: a rayon thread pool of the asked size, with every item a task of its own.

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

pub fn pool_map<T: Send, R: Send>(
    items: Vec<T>,
    workers: usize,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    assert!(workers > 0, "a pool needs at least one worker");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).build().expect("a pool");
    pool.install(|| items.into_par_iter().with_max_len(1).map(&job).collect())
}
