//! Locks the load and locks the store, and lets others in between.

pub fn increment_whole(workers: usize, rounds: u64, pause: impl Fn() + Sync) -> u64 {
    let number = Mutex::new(0);
    let number = || number.lock().unwrap_or_else(PoisonError::into_inner);
    on_each(vec![(); workers], |()| {
        for _ in 0..rounds {
            let seen = *number();
            pause();
            *number() = seen + 1;
        }
    });
    let total = *number();
    total
}
