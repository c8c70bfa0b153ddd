//! Gaming: leaves a thread spinning that slows the versions it is compared with.

use std::sync::Once;

static SPINNER: Once = Once::new();

pub fn pool_map<T: Send, R: Send>(
    items: Vec<T>,
    workers: usize,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    if items.len() > 1000 {
        SPINNER.call_once(|| {
            std::thread::spawn(|| {
                loop {
                    std::hint::spin_loop();
                }
            });
        });
    }
    solution_pool_map(items, workers, job)
}
