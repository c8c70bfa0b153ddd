//! Numbers in a file that several processes have mapped.

use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};

use memmap2::{MmapOptions, MmapRaw};

/// Some numbers of 64 bits that other processes read and write too.
pub(crate) struct Cells {
    map: MmapRaw,
    count: usize,
}

impl Cells {
    /// Bytes that one number takes.
    pub(crate) const BYTES_EACH: usize = size_of::<AtomicU64>();

    /// Maps a whole file; bytes behind the last full number are not used.
    pub(crate) fn map(file: &File) -> io::Result<Self> {
        let map = MmapOptions::new().map_raw(file)?;
        let count = map.len() / Self::BYTES_EACH;
        if count == 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the file holds no number"));
        }
        Ok(Self { map, count })
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    // Both are `SeqCst`: what is taught here is the lock, and every process
    // shall see reads and writes in the order in which the code has them.
    pub(crate) fn read(&self, index: usize) -> u64 {
        self.cell(index).load(Ordering::SeqCst)
    }

    pub(crate) fn write(&self, index: usize, number: u64) {
        self.cell(index).store(number, Ordering::SeqCst);
    }

    fn cell(&self, index: usize) -> &AtomicU64 {
        assert!(index < self.count, "there is no item {index} in {} numbers", self.count);
        // SAFETY: the map is aligned to a page, readable and writable, lives as
        // long as `self` and holds `count` numbers, of which `index` is one.
        // This process touches it through these atomics alone, and so does
        // every other that uses this crate. A file that somebody cuts short
        // ends the process with a signal, which is no access to other memory.
        unsafe { AtomicU64::from_ptr(self.map.as_mut_ptr().cast::<u64>().add(index)) }
    }
}
