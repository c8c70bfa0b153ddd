//! Counts the threads that take part in a timed call, for the words to the
//! student: "all the work ran on one thread".

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

// `Relaxed` is enough: the figures go into a message, after the call.
static CALL: AtomicU64 = AtomicU64::new(0);
static SEEN: AtomicU32 = AtomicU32::new(0);

thread_local! {
    /// The last call that this thread was counted for.
    static COUNTED_FOR: Cell<u64> = const { Cell::new(u64::MAX) };
}

/// Says that the current thread does a part of the work. A job of the kit
/// calls it once for each piece; it costs a nanosecond or two.
pub fn working() {
    let call = CALL.load(Ordering::Relaxed);
    COUNTED_FOR.with(|counted| {
        if counted.replace(call) != call {
            SEEN.fetch_add(1, Ordering::Relaxed);
        }
    });
}

/// Begins a new call.
pub(crate) fn forget() {
    CALL.fetch_add(1, Ordering::Relaxed);
    SEEN.store(0, Ordering::Relaxed);
}

/// Threads that have worked since [`forget`].
pub(crate) fn seen() -> u32 {
    SEEN.load(Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::{forget, seen, working};

    #[test]
    fn each_thread_is_counted_once_for_each_call() {
        for threads in [3, 2] {
            forget();
            std::thread::scope(|scope| {
                for _ in 0..threads {
                    scope.spawn(|| (0..5).for_each(|_| working()));
                }
            });
            assert_eq!(seen(), threads);
        }
    }
}
