//! Exercise 4 as the model checker compiles it: the questions with a schedule
//! check, and in place of `std` and `crossbeam` what the model has for them.

#[path = "../src"]
mod questions {
    mod q4_1_pool;

    pub use q4_1_pool::{pool_imap, pool_imap_unordered, pool_map};
}
pub use questions::*;

/// What a grade has laid here, as the compiler saw it; of no use to you.
#[doc(hidden)]
pub const LAID: Option<&str> = option_env!("COURSE_LAID");
