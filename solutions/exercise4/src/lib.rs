#![doc = include_str!("../../../exercises/exercise4/README.md")]

mod q4_1_pool;
mod q4_2_chunks;
mod q4_3_links;
mod q4_4_images;

pub use q4_1_pool::{pool_imap, pool_imap_unordered, pool_map};
pub use q4_2_chunks::{best_chunk_size, map_chunked, sweep};
pub use q4_3_links::{Limits, PageError, count_links, most_links, visit_pages};
pub use q4_4_images::{Processed, Progress, process_images_par, process_images_seq};

/// What a grade has laid here, as the compiler saw it; of no use to you.
#[doc(hidden)]
pub const LAID: Option<&str> = option_env!("COURSE_LAID");
