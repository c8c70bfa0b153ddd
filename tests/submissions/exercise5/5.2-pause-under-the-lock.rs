//! Pauses while it holds the lock.

pub fn increment_whole(workers: usize, rounds: u64, pause: impl Fn() + Sync) -> u64 {
    let number = Mutex::new(0);
    on_each(vec![(); workers], |()| {
        for _ in 0..rounds {
            let mut number = number.lock().unwrap();
            pause();
            *number += 1;
        }
    });
    number.into_inner().unwrap()
}
