//! Counts live heap bytes exactly, with peak and reset, in a process where
//! nothing else runs.

use std::alloc::{GlobalAlloc, Layout, System};
use std::os::fd::{BorrowedFd, RawFd};
use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering};

use course::channel::{MemoryAtSize, MemoryMeasurement, Reply};

use crate::threads::{threads_now, wait_for_threads};

/// How often each size is measured.
const RUNS: usize = 3;

// `Relaxed` is enough for all of these: each is a number of its own, and
// nothing else is published through it. Peaks are read after joins.
static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
static CAP: AtomicUsize = AtomicUsize::new(usize::MAX);
static CHANNEL: AtomicI32 = AtomicI32::new(-1);

/// The system's allocator with a count of live bytes, their peak and a cap.
#[derive(Debug)]
pub struct CountingHeap;

impl CountingHeap {
    fn grow(bytes: usize) -> bool {
        let live = LIVE.fetch_add(bytes, Ordering::Relaxed) + bytes;
        PEAK.fetch_max(live, Ordering::Relaxed);
        if live <= CAP.load(Ordering::Relaxed) {
            return true;
        }
        LIVE.fetch_sub(bytes, Ordering::Relaxed);
        tell_out_of_memory();
        false
    }

    fn shrink(bytes: usize) {
        LIVE.fetch_sub(bytes, Ordering::Relaxed);
    }
}

// SAFETY: every call is handed on to `System` with the arguments it came with,
// and what `System` returns is returned; beside that only atomics are touched,
// which neither allocate nor unwind. A refused request returns null, as the
// contract allows.
unsafe impl GlobalAlloc for CountingHeap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !Self::grow(layout.size()) {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller keeps `alloc`'s contract, which is `System`'s.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !Self::grow(layout.size()) {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller keeps `alloc_zeroed`'s contract, which is `System`'s.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        Self::shrink(layout.size());
        // SAFETY: the pointer came from `System` through this allocator, with this layout.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // The new block is counted before the old one goes, as when it is copied.
        if !Self::grow(new_size) {
            return std::ptr::null_mut();
        }
        // SAFETY: the pointer came from `System` through this allocator, with this layout.
        let moved = unsafe { System.realloc(pointer, layout, new_size) };
        Self::shrink(if moved.is_null() { new_size } else { layout.size() });
        moved
    }
}

/// Sets the most live bytes that are given out, and where to tell when more
/// is asked for.
pub(crate) fn set_cap(bytes: u64, channel: RawFd) {
    CHANNEL.store(channel, Ordering::Relaxed);
    CAP.store(usize::try_from(bytes).unwrap_or(usize::MAX), Ordering::Relaxed);
}

/// Tells the supervisor once, without allocating.
fn tell_out_of_memory() {
    let channel = CHANNEL.swap(-1, Ordering::Relaxed);
    if channel >= 0 {
        const LINE: &[u8] = b"\"out_of_memory\"\n";
        // SAFETY: the harness owns this descriptor and never closes it.
        let channel = unsafe { BorrowedFd::borrow_raw(channel) };
        // Where nobody listens there is nobody to tell.
        let _ = rustix::io::write(channel, LINE);
    }
}

/// Live heap bytes now.
#[must_use]
pub fn live() -> usize {
    LIVE.load(Ordering::Relaxed)
}

/// Peak live heap of `work`, in bytes above what is live on entry, with what
/// `work` returned. Other threads of the process are counted too.
pub fn peak_of<T>(work: impl FnOnce() -> T) -> (usize, T) {
    let entry = live();
    PEAK.store(entry, Ordering::Relaxed);
    let result = work();
    (PEAK.load(Ordering::Relaxed).saturating_sub(entry), result)
}

/// Frees what crossbeam, and with it rayon, still holds of threads that have
/// ended: 2304 bytes for each, freed when an epoch or two have passed, so that
/// it would be missing from one run and stand in the next.
fn free_deferred() {
    // Each flush ends an epoch, where no other thread is in the middle of one.
    for _ in 0..8 {
        crossbeam::epoch::pin().flush();
    }
}

/// The body of a `memory` check: measures `work` at every size, three times,
/// and sends the figures to the supervisor, who judges them.
///
/// `prepare` makes the input of a size and is not measured; what it returns
/// is lent to `work`, which must drop all that it makes. `unit` is what an
/// element is called, in the plural.
///
/// A thread that was joined gives its own state back a moment later, and what
/// it shared with others crossbeam frees later still: what is left is read when
/// there are no more threads than before, and that is freed.
pub fn measure<I>(unit: &str, sizes: &[u64], prepare: impl Fn(u64) -> I, work: impl Fn(&I)) {
    let mut all_gone = true;
    let mut at_size = |&elements: &u64| {
        let input = prepare(elements);
        let threads = threads_now();
        let mut at = MemoryAtSize {
            elements,
            peak_bytes: Vec::with_capacity(RUNS),
            left_bytes: Vec::with_capacity(RUNS),
        };
        for _ in 0..RUNS {
            let entry = live();
            let (peak, ()) = peak_of(|| work(&input));
            // Threads that never end are waited for once.
            all_gone = all_gone && wait_for_threads(threads);
            free_deferred();
            at.peak_bytes.push(peak as u64);
            at.left_bytes.push(live().saturating_sub(entry) as u64);
        }
        at
    };
    // Does not count: it makes thread locals and what else is made lazily.
    let _ = sizes.first().map(&mut at_size);
    let sizes = sizes.iter().map(at_size).collect();
    crate::run::reply(&Reply::Memory(MemoryMeasurement { unit: unit.to_owned(), sizes }));
}
