#![doc = include_str!("../../../exercises/exercise5/README.md")]

mod q5_1_pipeline;
mod q5_2_words;
mod q5_3_processes;
mod q5_4_shared;

pub use q5_1_pipeline::{Summary, WorkerFailed, summarize_primes};
pub use q5_2_words::{
    Counts, Sharing, count_file, count_locked, count_merged, count_sharded, count_text,
    count_words, increment_apart, increment_whole, split_at_words,
};
pub use q5_3_processes::{FRAME_LIMIT, process_map, read_frame, write_frame};
pub use q5_4_shared::{add_values, total_of_processes};

/// What a grade has laid here, as the compiler saw it; of no use to you.
#[doc(hidden)]
pub const LAID: Option<&str> = option_env!("COURSE_LAID");
