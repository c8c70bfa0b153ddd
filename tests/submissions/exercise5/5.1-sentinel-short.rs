//! Ends the workers with sentinels, and sends one too few.

use crossbeam::channel::bounded;

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
                if task.send(Some(number)).is_err() {
                    return;
                }
            }
            for _ in 1..workers {
                let _ = task.send(None);
            }
            // A queue that stays open, as it does in Python.
            std::mem::forget(task);
        });
        for worker in 0..workers {
            let (tasks, reply) = (tasks.clone(), reply.clone());
            scope.spawn(move || {
                while let Ok(Some(number)) = tasks.recv() {
                    let verdict = attempt(number, is_prime);
                    let failed = verdict.is_err();
                    if reply.send((worker, number, verdict)).is_err() || failed {
                        break;
                    }
                }
            });
        }
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
            progress(&summary);
        }
        Ok(summary)
    })
}
