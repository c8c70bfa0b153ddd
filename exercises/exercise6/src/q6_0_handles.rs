//! Question 6.0: a pool that gives a handle for every job.

use std::marker::PhantomData;

/// Why a job has no result: it panicked. Given; nothing to write here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobPanic {
    /// What the panic said.
    pub message: String,
}

impl std::fmt::Display for JobPanic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the job panicked: {}", self.message)
    }
}

impl std::error::Error for JobPanic {}

/// A fixed number of threads around one queue of jobs.
///
/// Dropping the pool waits until every job that was submitted has been run,
/// also those that had not begun, and joins the threads. Several threads may
/// submit at the same time (`Sync`).
///
/// # Examples
/// ```
/// use exercise6::Pool;
/// let pool = Pool::new(2);
/// let answer = pool.submit(|| 6 * 7);
/// assert_eq!(answer.wait(), Ok(42));
/// ```
///
/// # Graded
/// `6.0/drop`, and the checks named below
pub struct Pool {
    // TODO: keep what the pool needs: a way into the queue, and its threads.
}

/// The promise of one job's result.
///
/// Dropping a handle gives up the result and cancels nothing: the job is run
/// all the same. A handle cannot be cloned, so every result has one owner.
///
/// # Graded
/// `6.0/handles`
pub struct Handle<R> {
    // TODO: keep what leads to the result; this field only stands in for it.
    _result: PhantomData<R>,
}

impl Pool {
    /// Starts a pool of `workers` threads.
    ///
    /// Jobs begin in the order in which they were submitted, never more than
    /// `workers` of them run at once, and they run on at most `workers`
    /// threads. A job that panics harms neither its thread nor other jobs.
    ///
    /// # Panics
    /// When `workers` is 0.
    ///
    /// # Graded
    /// `6.0/together`, `6.0/limit`, `6.0/panic`
    #[must_use]
    pub fn new(workers: usize) -> Self {
        // TODO: start the threads.
        todo!("6.0: start {workers} workers")
    }

    /// Queues `job` and returns at once, with a handle for its result.
    ///
    /// The queue has no bound: it is the caller's affair not to submit more
    /// than fits into memory.
    ///
    /// # Examples
    /// ```
    /// use exercise6::Pool;
    /// let pool = Pool::new(1);
    /// let handles = ["a", "b", "c"].map(|text| pool.submit(move || text.to_uppercase()));
    /// let texts = handles.map(|handle| handle.wait().unwrap());
    /// assert_eq!(texts, ["A", "B", "C"]);
    /// ```
    ///
    /// # Graded
    /// `6.0/results`, `6.0/handles`, `6.0/schedule`
    pub fn submit<R, F>(&self, job: F) -> Handle<R>
    where
        R: Send + 'static,
        F: FnOnce() -> R + Send + 'static,
    {
        let _ = &job;
        // TODO: queue the job, and make the handle that will get its result.
        todo!("6.0: queue the job")
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        // TODO: let the workers end when the queue is empty, and join them.
    }
}

impl<R> Handle<R> {
    /// Waits for the job and gives its result, also when the pool is gone.
    ///
    /// The handle is used up: there is no second result to wait for, and the
    /// compiler says so.
    ///
    /// # Errors
    /// When the job panicked: with the text of `panic!`, if the payload is a
    /// `&str` or a `String`, and otherwise with
    /// `"a panic without a message"`.
    ///
    /// # Examples
    /// ```
    /// use exercise6::{JobPanic, Pool};
    /// let pool = Pool::new(1);
    /// let broken = pool.submit(|| -> u64 { panic!("task 4 failed") });
    /// assert_eq!(broken.wait(), Err(JobPanic { message: "task 4 failed".to_owned() }));
    /// ```
    /// ```compile_fail,E0382
    /// let answer = exercise6::Pool::new(1).submit(|| 42);
    /// let first = answer.wait();
    /// let second = answer.wait(); // error[E0382]: use of moved value: `answer`
    /// ```
    ///
    /// # Graded
    /// `6.0/results`, `6.0/panic`
    pub fn wait(self) -> Result<R, JobPanic> {
        // TODO: block until the job is done.
        todo!("6.0: wait for the result of the job")
    }
}

/// Yields the result of each handle as soon as its job is done, with the place
/// of the handle in the list.
///
/// The order is that of completion: what is done is never held back by what is
/// not. Where several are done already when the next one is asked for, any of
/// them may come first. The stream ends after the last handle; without handles
/// at once. The handles may come from several pools. Dropping the stream early
/// cancels nothing.
///
/// # Examples
/// ```
/// use exercise6::{Pool, as_completed};
/// let pool = Pool::new(2);
/// let handles = (0..3_u64).map(|n| pool.submit(move || n * n)).collect();
/// let mut squares: Vec<_> = as_completed(handles).collect();
/// squares.sort_by_key(|&(place, _)| place);
/// assert_eq!(squares, [(0, Ok(0)), (1, Ok(1)), (2, Ok(4))]);
/// ```
///
/// # Graded
/// `6.0/completion`, `6.0/results`, `6.0/panic`
pub fn as_completed<R: Send + 'static>(
    handles: Vec<Handle<R>>,
) -> impl Iterator<Item = (usize, Result<R, JobPanic>)> {
    // TODO: yield whatever is done, one after the other.
    std::iter::from_fn(move || todo!("6.0: wait for the next of {} handles", handles.len()))
}
