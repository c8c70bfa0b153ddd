//! Goes on after a panic of progress.

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
    let (task, tasks) = bounded(capacity);
    let (reply, replies) = bounded(capacity);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for number in numbers {
                if task.send(number).is_err() {
                    break;
                }
            }
        });
        for worker in 0..workers {
            let (tasks, reply) = (tasks.clone(), reply.clone());
            scope.spawn(move || {
                for number in tasks {
                    let verdict = attempt(number, is_prime);
                    let failed = verdict.is_err();
                    if reply.send((worker, number, verdict)).is_err() || failed {
                        break;
                    }
                }
            });
        }
        // Only the threads may keep ends of the queues, or nobody sees them close.
        drop((tasks, reply));
        let mut summary = Summary { by_worker: vec![0; workers], ..Summary::default() };
        for (worker, number, verdict) in replies {
            let prime = verdict?;
            summary.tested += 1;
            summary.by_worker[worker] += 1;
            if prime {
                summary.primes += 1;
                summary.largest_prime = summary.largest_prime.max(Some(number));
            }
            let _ = catch_unwind(AssertUnwindSafe(|| progress(&summary)));
        }
        Ok(summary)
    })
}
