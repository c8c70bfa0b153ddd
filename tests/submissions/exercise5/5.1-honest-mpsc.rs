//! Channels of the standard library, whose one receiver the workers lock; the
//! caller's thread is the producer.

use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, PoisonError};

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
    let (task, tasks) = sync_channel(capacity);
    let (reply, replies) = sync_channel(capacity);
    let tasks = Arc::new(Mutex::new(tasks));
    std::thread::scope(|scope| {
        let aggregator = scope.spawn(move || {
            let mut summary = Summary { by_worker: vec![0; workers], ..Summary::default() };
            while let Ok((worker, number, verdict)) = replies.recv() {
                summary.tested += 1;
                let tested: &mut u64 = &mut summary.by_worker[worker];
                *tested += 1;
                if verdict? {
                    summary.primes += 1;
                    summary.largest_prime = summary.largest_prime.max(Some(number));
                }
                progress(&summary);
            }
            Ok(summary)
        });
        for worker in 0..workers {
            let (tasks, reply) = (Arc::clone(&tasks), reply.clone());
            scope.spawn(move || {
                loop {
                    let next = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok(number) = next else { break };
                    let verdict = attempt(number, is_prime);
                    let failed = verdict.is_err();
                    if reply.send((worker, number, verdict)).is_err() || failed {
                        break;
                    }
                }
            });
        }
        drop((tasks, reply));
        for number in numbers {
            if task.send(number).is_err() {
                break;
            }
        }
        drop(task);
        aggregator.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}
