//! `std::sync` in the model.

pub use std::sync::{Arc, LockResult, PoisonError, TryLockError, TryLockResult, Weak};

pub use shuttle::sync::{
    Barrier, BarrierWaitResult, Once, OnceState, RwLockReadGuard, RwLockWriteGuard,
};

pub mod channel;
mod condvar;
mod lazy;
mod locks;
pub mod mpsc;
mod receiver;

pub use condvar::{Condvar, WaitTimeoutResult};
pub use lazy::{LazyLock, OnceLock};
pub use locks::{Mutex, MutexGuard, RwLock};

/// `std::sync::atomic` in the model: every operation is a step, as `SeqCst`.
pub mod atomic {
    pub use shuttle::sync::atomic::*;
    pub use std::sync::atomic::compiler_fence;
}
