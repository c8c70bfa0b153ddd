#![doc = include_str!("../README.md")]

// This file belongs to the kit: it names what every question exports.
mod q6_0_handles;
mod q6_1_scheduler;
mod q6_2_download;

pub use q6_0_handles::{Handle, JobPanic, Pool, as_completed};
pub use q6_1_scheduler::{CancelToken, Closed, Failure, Progress, Scheduler, Ticket};
pub use q6_2_download::{PageError, download_async, download_sequential, download_threads};
pub use records::clock::{Clock, ManualClock, SystemClock};

/// What a grade has laid here, as the compiler saw it; of no use to you.
#[doc(hidden)]
pub const LAID: Option<&str> = option_env!("COURSE_LAID");
