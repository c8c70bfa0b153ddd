//! The timed call of question 4.1.

use timing::{Call, TimedCall};
use workloads::Job;

/// `pool_map` over uneven jobs.
pub const TIMED: TimedCall = TimedCall { question: "4.1", prepare };

fn prepare(seed: u64, size: u64, threads: usize) -> Call {
    let jobs = Job::uneven(seed, size);
    Box::new(move || exercise4::pool_map(jobs, threads, Job::run))
}
