//! Pauses after it has stored.

pub fn increment_apart(workers: usize, rounds: u64, pause: impl Fn() + Sync) -> u64 {
    let number = AtomicU64::new(0);
    on_each(vec![(); workers], |()| {
        for _ in 0..rounds {
            // Relaxed: nothing but the number itself is shared, and no ordering
            // could bring the two steps together.
            let seen = number.load(Ordering::Relaxed);
            number.store(seen + 1, Ordering::Relaxed);
            pause();
        }
    });
    number.into_inner()
}
