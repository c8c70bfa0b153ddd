#![doc = include_str!("../../../exercises/exercise5/README.md")]

mod q5_1_pipeline;

pub use q5_1_pipeline::{Summary, WorkerFailed, summarize_primes};
