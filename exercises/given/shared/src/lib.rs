//! Memory that several processes share: the counterpart of Python's `Value`,
//! `Array` and `Lock`.
//!
//! [`Shared`] is a file that every process maps into its memory. What one
//! writes there, the others read at once; nothing is copied or sent. It holds
//! one integer (the value), some floating-point numbers (the array) and a lock.
//!
//! ```
//! use shared::Shared;
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("memory");
//! let memory = Shared::create(&path, 10)?;
//! assert_eq!(memory.value(), 0);
//! assert_eq!(memory.items(), [0.0; 10]);
//!
//! let elsewhere = Shared::open(&path)?; // as another process would
//! elsewhere.set_value(7);
//! assert_eq!(memory.value(), 7);
//!
//! let guard = memory.lock()?;
//! assert!(elsewhere.try_lock()?.is_none());
//! drop(guard);
//! assert!(elsewhere.try_lock()?.is_some());
//! # std::io::Result::Ok(())
//! ```
//!
//! A single read and a single write are whole: no process ever sees half of a
//! number. A read and the write that follows from it are two steps, and what
//! happens between them is for the lock to say.

mod cells;
mod lock;

use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use cells::Cells;
pub use lock::Guard;

/// A value, an array and a lock that several processes use.
pub struct Shared {
    path: PathBuf,
    /// The value, and behind it the bits of each item of the array.
    cells: Cells,
    watch: Option<Box<dyn Fn(Step) + Send + Sync>>,
}

/// What a process has just done with the memory; for tests, see
/// [`Shared::open_watched`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It found the lock taken and will wait for it.
    Blocked,
    /// It has got the lock.
    Locked,
    /// It has given the lock back.
    Released,
    /// It has read the value or an item.
    Read,
    /// It has written the value or an item.
    Wrote,
}

impl Shared {
    /// Makes the file: the value is 0 and each of the `items` items 0.0.
    ///
    /// # Errors
    /// When there is a file at `path` already, or none can be made.
    pub fn create(path: impl AsRef<Path>, items: usize) -> io::Result<Self> {
        let path = path.as_ref();
        let file = File::options().read(true).write(true).create_new(true).open(path)?;
        let bytes =
            (items + 1).checked_mul(Cells::BYTES_EACH).ok_or(io::ErrorKind::FileTooLarge)?;
        // All bits zero is both the integer 0 and the number 0.0.
        file.set_len(bytes as u64)?;
        Self::open(path)
    }

    /// Maps the file that another process has made.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be mapped.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_owned();
        let cells = Cells::map(&File::options().read(true).write(true).open(&path)?)?;
        Ok(Self { path, cells, watch: None })
    }

    /// As [`open`](Self::open), and calls `watch` after every step that this
    /// process takes ([`Step::Blocked`]: before it waits). While `watch` does
    /// not return, the process stands still at that step. That is how a test
    /// makes certain what otherwise happens by bad luck.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_watched(
        path: impl AsRef<Path>,
        watch: impl Fn(Step) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        Ok(Self { watch: Some(Box::new(watch)), ..Self::open(path)? })
    }

    /// Where the file is: a process needs to know it to open the memory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The value now.
    #[must_use]
    pub fn value(&self) -> i64 {
        let bits = self.cells.read(0);
        self.tell(Step::Read);
        bits.cast_signed()
    }

    /// Replaces the value.
    pub fn set_value(&self, value: i64) {
        self.cells.write(0, value.cast_unsigned());
        self.tell(Step::Wrote);
    }

    /// How many items the array has.
    #[must_use]
    pub fn item_count(&self) -> usize {
        self.cells.count() - 1
    }

    /// An item of the array now.
    ///
    /// # Panics
    /// When there is no item `index`.
    #[must_use]
    pub fn item(&self, index: usize) -> f64 {
        let bits = self.cells.read(index + 1);
        self.tell(Step::Read);
        f64::from_bits(bits)
    }

    /// Replaces an item of the array.
    ///
    /// # Panics
    /// When there is no item `index`.
    pub fn set_item(&self, index: usize, item: f64) {
        self.cells.write(index + 1, item.to_bits());
        self.tell(Step::Wrote);
    }

    /// All items of the array, read one after another.
    #[must_use]
    pub fn items(&self) -> Vec<f64> {
        (0..self.item_count()).map(|index| self.item(index)).collect()
    }

    /// Waits until nobody else has the lock and takes it, until the guard is
    /// dropped. When a process dies, the system frees its lock.
    ///
    /// A second `lock` of a thread that has the guard of the first waits for
    /// ever.
    ///
    /// # Errors
    /// When the file has gone, or the system has no locks for it.
    pub fn lock(&self) -> io::Result<Guard<'_>> {
        lock::wait_for(self)
    }

    /// Takes the lock if nobody else has it.
    ///
    /// # Errors
    /// As [`lock`](Self::lock).
    pub fn try_lock(&self) -> io::Result<Option<Guard<'_>>> {
        lock::try_to_take(self)
    }

    fn tell(&self, step: Step) {
        if let Some(watch) = &self.watch {
            watch(step);
        }
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Shared").field("path", &self.path).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::panic::AssertUnwindSafe;
    use std::sync::{Arc, Mutex};

    use super::{Shared, Step};

    fn memory(items: usize) -> (tempfile::TempDir, Shared) {
        let folder = tempfile::tempdir().unwrap();
        let memory = Shared::create(folder.path().join("memory"), items).unwrap();
        (folder, memory)
    }

    #[test]
    fn what_one_writes_another_reads() {
        let (_folder, memory) = memory(2);
        let other = Shared::open(memory.path()).unwrap();
        other.set_value(-3);
        other.set_item(1, 0.5);
        assert_eq!((memory.value(), memory.items()), (-3, vec![0.0, 0.5]));
        assert!(Shared::create(memory.path(), 2).is_err());
        assert!(std::panic::catch_unwind(AssertUnwindSafe(|| other.item(2))).is_err());
    }

    #[test]
    fn the_lock_shuts_others_out_even_in_the_same_process() {
        let (_folder, memory) = memory(0);
        let guard = memory.lock().unwrap();
        assert!(memory.try_lock().unwrap().is_none());
        drop(guard);
        assert!(Shared::open(memory.path()).unwrap().try_lock().unwrap().is_some());
    }

    #[test]
    fn a_watched_memory_tells_every_step() {
        let (_folder, memory) = memory(1);
        let steps = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&steps);
        let watched =
            Shared::open_watched(memory.path(), move |step| told.lock().unwrap().push(step))
                .unwrap();
        let guard = watched.lock().unwrap();
        watched.set_value(watched.value() + 1);
        drop(guard);
        let taken = memory.lock().unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| drop(watched.lock().unwrap()));
            while steps.lock().unwrap().last() != Some(&Step::Blocked) {
                std::thread::yield_now();
            }
            assert!(!waiting.is_finished());
            drop(taken);
        });
        use Step::{Blocked, Locked, Read, Released, Wrote};
        let expected = [Locked, Read, Wrote, Released, Blocked, Locked, Released];
        assert_eq!(*steps.lock().unwrap(), expected);
    }
}
