//! Tests one number after another on the caller's thread.

pub fn summarize_primes(
    numbers: impl Iterator<Item = u64> + Send,
    workers: usize,
    capacity: usize,
    is_prime: impl Fn(u64) -> bool + Sync,
    mut progress: impl FnMut(&Summary) + Send,
) -> Result<Summary, WorkerFailed> {
    assert!(workers > 0, "without a worker no number is ever tested");
    assert!(capacity > 0, "a queue without a place holds nothing");
    let is_prime = &is_prime;
    let mut summary = Summary { by_worker: vec![0; workers], ..Summary::default() };
    for number in numbers {
        let prime = attempt(number, is_prime)?;
        let worker = summary.tested as usize % workers;
        summary.tested += 1;
        summary.by_worker[worker] += 1;
        if prime {
            summary.primes += 1;
            summary.largest_prime = summary.largest_prime.max(Some(number));
        }
        progress(&summary);
    }
    Ok(summary)
}
