//! The caller produces, a flag tells of a failure, and the aggregator is joined.

use std::sync::atomic::{AtomicBool, Ordering};

pub fn summarize_primes(
    numbers: impl Iterator<Item = u64> + Send,
    workers: usize,
    capacity: usize,
    is_prime: impl Fn(u64) -> bool + Sync,
    mut progress: impl FnMut(&Summary) + Send,
) -> Result<Summary, WorkerFailed> {
    assert_ne!(workers, 0, "no workers");
    assert_ne!(capacity, 0, "no places");
    let failed = AtomicBool::new(false);
    let (is_prime, failed) = (&is_prime, &failed);
    let outcome = std::thread::scope(|scope| {
        let (tasks, queue) = bounded::<u64>(capacity);
        let (answer, answers) = bounded(capacity);
        for worker in 0..workers {
            let queue = queue.clone();
            let answer = answer.clone();
            scope.spawn(move || {
                while let Ok(number) = queue.recv() {
                    if failed.load(Ordering::SeqCst) {
                        return;
                    }
                    let verdict = attempt(number, is_prime);
                    let stops = verdict.is_err();
                    if stops {
                        failed.store(true, Ordering::SeqCst);
                    }
                    if answer.send((worker, number, verdict)).is_err() || stops {
                        return;
                    }
                }
            });
        }
        drop(queue);
        drop(answer);
        let aggregator = scope.spawn(move || {
            let mut summary = Summary { by_worker: vec![0; workers], ..Summary::default() };
            while let Ok((worker, number, verdict)) = answers.recv() {
                match verdict {
                    Err(failure) => return Err(failure),
                    Ok(is_prime) => {
                        summary.tested += 1;
                        summary.primes += u64::from(is_prime);
                        if is_prime && Some(number) > summary.largest_prime {
                            summary.largest_prime = Some(number);
                        }
                        summary.by_worker[worker] += 1;
                        progress(&summary);
                    }
                }
            }
            Ok(summary)
        });
        for number in numbers {
            if failed.load(Ordering::SeqCst) || tasks.send(number).is_err() {
                break;
            }
        }
        drop(tasks);
        aggregator.join()
    });
    match outcome {
        Ok(result) => result,
        Err(payload) => std::panic::resume_unwind(payload),
    }
}
