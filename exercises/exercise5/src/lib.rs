#![doc = include_str!("../README.md")]

// This file belongs to the kit: it names what every question exports.
mod q5_1_pipeline;

pub use q5_1_pipeline::{Summary, WorkerFailed, summarize_primes};
