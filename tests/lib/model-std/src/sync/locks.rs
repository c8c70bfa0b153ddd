//! Locks that tell who waits for them.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::{RefUnwindSafe, UnwindSafe};

use super::{
    LockResult, PoisonError, RwLockReadGuard, RwLockWriteGuard, TryLockError, TryLockResult,
};
use crate::engine::waiting;

/// A lock for one thread at a time.
#[derive(Debug)]
pub struct Mutex<T: ?Sized>(shuttle::sync::Mutex<T>);

/// A [`Mutex`] that is taken, until this is dropped.
pub struct MutexGuard<'a, T: ?Sized> {
    lock: &'a Mutex<T>,
    inner: shuttle::sync::MutexGuard<'a, T>,
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    /// Gives the lock back for as long as `meanwhile` takes, which is the one
    /// to take it again.
    pub(super) fn with_inner(
        self,
        meanwhile: impl FnOnce(Inner<'a, T>) -> LockResult<Inner<'a, T>>,
    ) -> LockResult<Self> {
        let Self { lock, inner } = self;
        lock.guard(meanwhile(inner))
    }

    /// Gives the lock back, lets the others run, and takes it again.
    pub(super) fn nap(self) -> LockResult<Self> {
        let lock = self.lock;
        drop(self);
        crate::thread::yield_now();
        lock.lock()
    }
}

type Inner<'a, T> = shuttle::sync::MutexGuard<'a, T>;

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.inner
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl<T> Mutex<T> {
    /// A lock around `value`.
    pub const fn new(value: T) -> Self {
        Self(shuttle::sync::Mutex::new(value))
    }

    /// The value, as nobody else has the lock.
    ///
    /// # Errors
    /// When a thread panicked while it had the lock.
    pub fn into_inner(self) -> LockResult<T> {
        self.0.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Takes the lock when it is free.
    ///
    /// # Errors
    /// When a thread panicked while it had the lock.
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        self.guard(waiting("for a Mutex", || self.0.lock()))
    }

    /// Takes the lock if it is free.
    ///
    /// # Errors
    /// When it is taken, or a thread panicked while it had it.
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        let guard = |inner| MutexGuard { lock: self, inner };
        self.0.try_lock().map(guard).map_err(|error| match error {
            TryLockError::WouldBlock => TryLockError::WouldBlock,
            TryLockError::Poisoned(poisoned) => {
                TryLockError::Poisoned(PoisonError::new(guard(poisoned.into_inner())))
            }
        })
    }

    fn guard<'a>(&'a self, inner: LockResult<Inner<'a, T>>) -> LockResult<MutexGuard<'a, T>> {
        let guard = |inner| MutexGuard { lock: self, inner };
        inner.map(guard).map_err(|poisoned| PoisonError::new(guard(poisoned.into_inner())))
    }

    /// The value, as nobody else has the lock.
    ///
    /// # Errors
    /// When a thread panicked while it had the lock.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.0.get_mut()
    }

    /// Whether a thread panicked while it had the lock.
    pub fn is_poisoned(&self) -> bool {
        matches!(self.0.try_lock(), Err(TryLockError::Poisoned(_)))
    }

    /// Forgets that a thread panicked.
    pub fn clear_poison(&self) {
        self.0.clear_poison();
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> From<T> for Mutex<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: ?Sized> UnwindSafe for Mutex<T> {}
impl<T: ?Sized> RefUnwindSafe for Mutex<T> {}

/// A lock for many readers or one writer.
#[derive(Debug)]
pub struct RwLock<T: ?Sized>(shuttle::sync::RwLock<T>);

impl<T> RwLock<T> {
    /// A lock around `value`.
    pub const fn new(value: T) -> Self {
        Self(shuttle::sync::RwLock::new(value))
    }

    /// The value, as nobody else has the lock.
    ///
    /// # Errors
    /// When a thread panicked while it wrote.
    pub fn into_inner(self) -> LockResult<T> {
        self.0.into_inner()
    }
}

impl<T: ?Sized> RwLock<T> {
    /// Takes the lock for reading when nobody writes.
    ///
    /// # Errors
    /// When a thread panicked while it wrote.
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        waiting("to read a RwLock", || self.0.read())
    }

    /// Takes the lock for writing when it is free.
    ///
    /// # Errors
    /// When a thread panicked while it wrote.
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        waiting("to write a RwLock", || self.0.write())
    }

    /// Takes the lock for reading if nobody writes.
    ///
    /// # Errors
    /// When somebody writes, or a thread panicked while it wrote.
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {
        self.0.try_read()
    }

    /// Takes the lock for writing if it is free.
    ///
    /// # Errors
    /// When it is taken, or a thread panicked while it wrote.
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, T>> {
        self.0.try_write()
    }

    /// The value, as nobody else has the lock.
    ///
    /// # Errors
    /// When a thread panicked while it wrote.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.0.get_mut()
    }

    /// Whether a thread panicked while it wrote.
    pub fn is_poisoned(&self) -> bool {
        matches!(self.0.try_read(), Err(TryLockError::Poisoned(_)))
    }

    /// Forgets that a thread panicked.
    pub fn clear_poison(&self) {
        self.0.clear_poison();
    }
}

impl<T: Default> Default for RwLock<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> From<T> for RwLock<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: ?Sized> UnwindSafe for RwLock<T> {}
impl<T: ?Sized> RefUnwindSafe for RwLock<T> {}
