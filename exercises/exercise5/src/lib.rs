#![doc = include_str!("../README.md")]

// This file belongs to the kit: it names what every question exports.
mod q5_1_pipeline;
mod q5_2_words;

pub use q5_1_pipeline::{Summary, WorkerFailed, summarize_primes};
pub use q5_2_words::{
    Counts, Sharing, count_file, count_locked, count_merged, count_sharded, count_text,
    count_words, increment_apart, increment_whole, split_at_words,
};
