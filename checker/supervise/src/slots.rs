//! Places for work of which only so much may go on at the same time.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A number of places, each of which one holder has at a time.
#[derive(Debug)]
pub struct Slots {
    places: usize,
    free: Mutex<usize>,
    freed: Condvar,
    all_free: Condvar,
}

/// A place that is held; free again when dropped.
#[derive(Debug)]
pub struct Slot<'a>(&'a Slots);

impl Slots {
    /// So many places.
    #[must_use]
    pub fn new(places: usize) -> Self {
        Self { places, free: Mutex::new(places), freed: Condvar::new(), all_free: Condvar::new() }
    }

    /// Waits for a place.
    #[must_use]
    pub fn take(&self) -> Slot<'_> {
        let free = self.freed.wait_while(self.lock(), |free| *free == 0);
        *free.unwrap_or_else(PoisonError::into_inner) -= 1;
        Slot(self)
    }

    /// A place, if there is one now.
    #[must_use]
    pub fn try_take(&self) -> Option<Slot<'_>> {
        let mut free = self.lock();
        *free = free.checked_sub(1)?;
        Some(Slot(self))
    }

    /// Waits until nobody holds a place.
    pub fn until_free(&self) {
        drop(self.all_free.wait_while(self.lock(), |free| *free < self.places));
    }

    /// How many places are taken now.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.places - *self.lock()
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        let mut free = self.0.lock();
        *free += 1;
        self.0.freed.notify_one();
        if *free == self.0.places {
            self.0.all_free.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use super::Slots;

    #[test]
    fn never_more_than_there_are_places() {
        let (slots, now, most) = (Slots::new(3), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..50 {
                scope.spawn(|| {
                    let _slot = slots.take();
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::yield_now();
                    now.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        assert!((1..=3).contains(&most.load(Ordering::SeqCst)), "{most:?}");
        let all: Vec<_> = (0..3).map(|_| slots.try_take().unwrap()).collect();
        assert!(slots.try_take().is_none());
        drop(all);
        assert!(slots.try_take().is_some());
    }

    #[test]
    fn all_are_free_when_the_last_one_is() {
        let (slots, was_free) = (Slots::new(2), AtomicBool::new(false));
        let (one, other) = (slots.take(), slots.take());
        std::thread::scope(|scope| {
            scope.spawn(|| {
                slots.until_free();
                was_free.store(true, Ordering::Relaxed);
            });
            drop(one);
            // A chance to end too early.
            (0..10_000).for_each(|_| std::thread::yield_now());
            let is_early = was_free.load(Ordering::Relaxed);
            drop(other);
            assert!(!is_early, "one place is taken");
        });
        assert!(was_free.into_inner());
    }
}
