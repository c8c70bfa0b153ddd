//! Question 4.1's workload: a pool over jobs of very different length.

use crate::churn;
use timing::crew;
use timing::working;
use timing::{Call, Means, Workload, difference_of_items, equal};

/// Rounds of the longest job; about 30 microseconds on a 3 GHz core.
const LONGEST: u64 = 12_000;

/// One item of the workload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Job {
    seed: u64,
    rounds: u32,
}

impl Job {
    /// `count` jobs: the first ones are the longest, and the length falls with
    /// the square of the distance, so that the first half is 7/8 of the work
    /// and a split into equal runs of items leaves most workers idle.
    #[must_use]
    pub fn uneven(seed: u64, count: u64) -> Vec<Self> {
        (0..count)
            .map(|index| {
                let left = count - index;
                let rounds = LONGEST * left * left / (count * count).max(1);
                Self {
                    seed: churn(seed ^ index, 1),
                    rounds: u32::try_from(rounds).unwrap_or(u32::MAX) + 1,
                }
            })
            .collect()
    }

    /// Does the job.
    #[must_use]
    pub fn run(self) -> u64 {
        working();
        churn(self.seed, self.rounds)
    }
}

/// The workload of question 4.1.
#[must_use]
pub fn uneven() -> Workload {
    Workload {
        question: "4.1",
        about: "pool_map over jobs of uneven length",
        sizes: 1800..=2200,
        means: Means::Cores { max_threads: 4, serial_fraction: 0.01 },
        sequential,
        kernel,
        agrees: equal,
        difference: difference_of_items,
    }
}

fn sequential(seed: u64, size: u64, _threads: usize) -> Call {
    let jobs = Job::uneven(seed, size);
    Box::new(move || jobs.into_iter().map(Job::run).collect())
}

/// Workers that take the next index from one counter.
fn kernel(seed: u64, size: u64, threads: usize) -> Call {
    let jobs = Job::uneven(seed, size);
    Box::new(move || crew::map(&jobs, threads, || (), |(), job| job.run()))
}
