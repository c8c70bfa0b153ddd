//! A lock between processes: the system's lock on the file itself.
//!
//! It belongs to an open file, so every guard opens the file anew. That makes
//! it hold between threads of one process as well, and when a process dies,
//! however it dies, the system closes its files and the lock is free.

use std::fs::{File, TryLockError};
use std::io;

use crate::{Shared, Step};

/// The lock, until this is dropped.
#[derive(Debug)]
pub struct Guard<'a> {
    memory: &'a Shared,
    file: File,
}

pub(crate) fn wait_for(memory: &Shared) -> io::Result<Guard<'_>> {
    if let Some(guard) = try_to_take(memory)? {
        return Ok(guard);
    }
    memory.tell(Step::Blocked);
    let file = File::open(memory.path())?;
    file.lock()?;
    Ok(taken(memory, file))
}

pub(crate) fn try_to_take(memory: &Shared) -> io::Result<Option<Guard<'_>>> {
    let file = File::open(memory.path())?;
    match file.try_lock() {
        Ok(()) => Ok(Some(taken(memory, file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn taken(memory: &Shared, file: File) -> Guard<'_> {
    memory.tell(Step::Locked);
    Guard { memory, file }
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        // Closing alone would not do: a process that another thread is just
        // starting has the open file too, for a moment.
        if self.file.unlock().is_ok() {
            self.memory.tell(Step::Released);
        }
    }
}
