//! `std::thread` in the model: spawned, scoped and named threads.
//!
//! Shuttle ends everything where a thread panics; here, as in `std`, a panic
//! ends its thread and is what `join` gives.

pub use std::thread::{Result, panicking};

use std::cell::{Cell, RefCell};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

pub use shuttle::thread::{AccessError, ThreadId, yield_now};

use crate::engine;
use crate::time::{Duration, Instant};

/// How many threads can run at once in the model: as on a small machine.
///
/// # Errors
/// Never.
pub fn available_parallelism() -> std::io::Result<NonZero<usize>> {
    Ok(NonZero::new(2).unwrap_or(NonZero::<usize>::MIN))
}

/// Starts a thread.
pub fn spawn<F, T>(work: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    Builder::new().spawn(work).expect("the model can always start a thread")
}

/// Lets time pass for the calling thread.
pub fn sleep(duration: Duration) {
    let end = Instant::now() + duration;
    yield_now();
    end.wait();
}

/// The calling thread.
#[must_use]
pub fn current() -> Thread {
    Thread(shuttle::thread::current())
}

/// Waits until somebody unparks the calling thread.
pub fn park() {
    engine::waiting("to be unparked", shuttle::thread::park);
}

/// Waits a while for somebody to unpark the calling thread.
pub fn park_timeout(duration: Duration) {
    // A thread may wake without a reason, so nobody can rely on what woke it.
    sleep(duration);
}

/// A handle to a thread.
#[derive(Debug, Clone)]
pub struct Thread(shuttle::thread::Thread);

impl Thread {
    /// Its number.
    #[must_use]
    pub fn id(&self) -> ThreadId {
        self.0.id()
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.0.name()
    }

    /// Wakes it, now or when it parks.
    pub fn unpark(&self) {
        self.0.unpark();
    }
}

/// The work of a thread, whose panic becomes a value.
fn guarded<T>(work: impl FnOnce() -> T, finished: Arc<AtomicBool>) -> impl FnOnce() -> Result<T> {
    move || {
        let result = catch_unwind(AssertUnwindSafe(work));
        finished.store(true, Ordering::Relaxed);
        result
    }
}

const JOINING: &str = "for a thread to end";

/// A thread that can be joined.
#[derive(Debug)]
pub struct JoinHandle<T> {
    inner: shuttle::thread::JoinHandle<Result<T>>,
    thread: Thread,
    finished: Arc<AtomicBool>,
}

impl<T> JoinHandle<T> {
    /// Waits for its end.
    ///
    /// # Errors
    /// With the payload of its panic.
    pub fn join(self) -> Result<T> {
        engine::waiting(JOINING, || self.inner.join())?
    }

    /// Whether it has come to its end.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        yield_now();
        self.finished.load(Ordering::Relaxed)
    }

    /// The thread itself.
    #[must_use]
    pub fn thread(&self) -> &Thread {
        &self.thread
    }
}

/// Names a thread before it is started.
#[derive(Debug, Default)]
pub struct Builder {
    name: Option<String>,
}

impl Builder {
    /// A thread without a name.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A thread with a name.
    #[must_use]
    pub fn name(mut self, name: String) -> Self {
        self.name = Some(name);
        self
    }

    /// All threads of the model have the same stack.
    #[must_use]
    pub fn stack_size(self, _bytes: usize) -> Self {
        self
    }

    /// Starts the thread.
    ///
    /// # Errors
    /// Never.
    pub fn spawn<F, T>(self, work: F) -> std::io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        engine::note_start();
        let finished = Arc::new(AtomicBool::new(false));
        let mut builder = shuttle::thread::Builder::new();
        if let Some(name) = self.name {
            builder = builder.name(name);
        }
        let inner = builder.spawn(guarded(work, Arc::clone(&finished)))?;
        let thread = Thread(inner.thread().clone());
        Ok(JoinHandle { inner, thread, finished })
    }

    /// Starts the thread in a scope; its name is forgotten.
    ///
    /// # Errors
    /// Never.
    pub fn spawn_scoped<'scope, 'env, F, T>(
        self,
        scope: &'scope Scope<'scope, 'env>,
        work: F,
    ) -> std::io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        Ok(scope.spawn(work))
    }
}

/// A scope whose threads may borrow.
#[derive(Debug)]
pub struct Scope<'scope, 'env: 'scope> {
    inner: &'scope shuttle::thread::Scope<'scope, 'env>,
    /// Threads that panicked and that nobody has joined.
    panicked: Arc<AtomicUsize>,
}

/// Runs `body` with a scope, and returns when all its threads have ended.
pub fn scope<'env, F, T>(body: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    let panicked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&panicked);
    let result = engine::waiting("for the threads of its scope to end", || {
        shuttle::thread::scope(move |inner| {
            // Must live as long as the scope, which is longer than this
            // closure; a few bytes are given away for it.
            let scope = Box::leak(Box::new(Scope { inner, panicked: count }));
            catch_unwind(AssertUnwindSafe(|| body(scope)))
        })
    });
    match result {
        Err(panic) => resume_unwind(panic),
        Ok(_) if panicked.load(Ordering::Relaxed) > 0 => panic!("a scoped thread panicked"),
        Ok(result) => result,
    }
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a thread that ends within the scope.
    pub fn spawn<F, T>(&'scope self, work: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        engine::note_start();
        let finished = Arc::new(AtomicBool::new(false));
        let work = guarded(work, Arc::clone(&finished));
        let panicked = Arc::clone(&self.panicked);
        let inner = self.inner.spawn(move || {
            let result = work();
            panicked.fetch_add(usize::from(result.is_err()), Ordering::Relaxed);
            result
        });
        let thread = Thread(inner.thread().clone());
        ScopedJoinHandle { inner, thread, finished, panicked: Arc::clone(&self.panicked) }
    }
}

/// A thread of a scope.
#[derive(Debug)]
pub struct ScopedJoinHandle<'scope, T> {
    inner: shuttle::thread::ScopedJoinHandle<'scope, Result<T>>,
    thread: Thread,
    finished: Arc<AtomicBool>,
    panicked: Arc<AtomicUsize>,
}

impl<T> ScopedJoinHandle<'_, T> {
    /// Waits for its end.
    ///
    /// # Errors
    /// With the payload of its panic.
    pub fn join(self) -> Result<T> {
        let result = engine::waiting(JOINING, || self.inner.join())?;
        self.panicked.fetch_sub(usize::from(result.is_err()), Ordering::Relaxed);
        result
    }

    /// Whether it has come to its end.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        yield_now();
        self.finished.load(Ordering::Relaxed)
    }

    /// The thread itself.
    #[must_use]
    pub fn thread(&self) -> &Thread {
        &self.thread
    }
}

/// What [`thread_local!`](crate::thread_local) makes.
#[derive(Debug)]
pub struct LocalKey<T: 'static>(shuttle::thread::LocalKey<T>);

impl<T> LocalKey<T> {
    /// For the macro.
    #[doc(hidden)]
    pub const fn new(init: fn() -> T) -> Self {
        Self(shuttle::thread::LocalKey { init, _p: std::marker::PhantomData })
    }

    /// The value of this thread.
    pub fn with<R>(&'static self, act: impl FnOnce(&T) -> R) -> R {
        self.0.with(act)
    }

    /// The value of this thread, unless it is gone.
    ///
    /// # Errors
    /// When the value was dropped with its thread.
    pub fn try_with<R>(
        &'static self,
        act: impl FnOnce(&T) -> R,
    ) -> std::result::Result<R, AccessError> {
        self.0.try_with(act)
    }
}

impl<T> LocalKey<Cell<T>> {
    /// Sets the value.
    pub fn set(&'static self, value: T) {
        self.with(|cell| cell.set(value));
    }

    /// A copy of the value.
    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.with(Cell::get)
    }

    /// The value, with its default left behind.
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(Cell::take)
    }

    /// The value, with another left behind.
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T> LocalKey<RefCell<T>> {
    /// Borrows the value.
    pub fn with_borrow<R>(&'static self, act: impl FnOnce(&T) -> R) -> R {
        self.with(|cell| act(&cell.borrow()))
    }

    /// Borrows the value for changes.
    pub fn with_borrow_mut<R>(&'static self, act: impl FnOnce(&mut T) -> R) -> R {
        self.with(|cell| act(&mut cell.borrow_mut()))
    }

    /// Sets the value.
    pub fn set(&'static self, value: T) {
        self.with(|cell| *cell.borrow_mut() = value);
    }

    /// The value, with its default left behind.
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(RefCell::take)
    }

    /// The value, with another left behind.
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}
