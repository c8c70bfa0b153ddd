#![doc = include_str!("../../../exercises/exercise3/README.md")]

// This file belongs to the kit: it names what every question exports.
mod q3_1_chunks;
mod q3_2_logs;
mod q3_3_iterators;

pub use q3_1_chunks::read_large_file;
pub use q3_2_logs::{extract_messages, filter_errors, parse_logs, read_logs};
pub use q3_3_iterators::{all_pairs, batches, first_multiples, windows};
pub use records::logs::{Level, LogEntry, LogError, is_timestamp};

/// What a grade has laid here, as the compiler saw it; of no use to you.
#[doc(hidden)]
pub const LAID: Option<&str> = option_env!("COURSE_LAID");
