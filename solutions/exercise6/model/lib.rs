//! Exercise 6 as the model checker compiles it: the questions with a schedule
//! check, and in place of `std` and `crossbeam` what the model has for them.

#[path = "../src"]
mod questions {
    mod q6_0_handles;
    mod q6_1_scheduler;

    pub use q6_0_handles::{Handle, JobPanic, Pool, as_completed};
    pub use q6_1_scheduler::{CancelToken, Closed, Failure, Progress, Scheduler, Ticket};
}
pub use questions::*;

/// What a grade has laid here, as the compiler saw it; of no use to you.
#[doc(hidden)]
pub const LAID: Option<&str> = option_env!("COURSE_LAID");
