//! Exercise 5 as the model checker compiles it: the questions with a schedule
//! check, and in place of `std` and `crossbeam` what the model has for them.

#[path = "../src"]
mod questions {
    mod q5_1_pipeline;
    mod q5_2_words;

    pub use q5_1_pipeline::{Summary, WorkerFailed, summarize_primes};
    pub use q5_2_words::{
        Counts, Sharing, count_file, count_locked, count_merged, count_sharded, count_text,
        count_words, increment_apart, increment_whole, split_at_words,
    };
}
pub use questions::*;

/// What a grade has laid here, as the compiler saw it; of no use to you.
#[doc(hidden)]
pub const LAID: Option<&str> = option_env!("COURSE_LAID");
