//! What the timed questions are measured on, in the order of the course.
//!
//! Each [`Workload`] has inputs by seed, the kit's best sequential version and a
//! parallel kernel of the kit; the same inputs serve the students' timed calls.

mod chunked;
#[cfg(feature = "pictures")]
mod folders;
#[cfg(feature = "pictures")]
mod images;
#[cfg(feature = "site")]
mod pages;
mod sales;
mod sales_files;
#[cfg(feature = "pictures")]
mod shrink;
mod uneven;
mod words;

pub use chunked::{chunked, chunked_input, churn_chunk};
#[cfg(feature = "pictures")]
pub use folders::Folders;
#[cfg(feature = "pictures")]
pub use images::{ImageFolders, images};
#[cfg(feature = "site")]
pub use pages::{downloads, encyclopedia, links_of, pages, with_books};
pub use sales::sales;
pub use sales_files::SalesFiles;
#[cfg(feature = "pictures")]
pub use shrink::{PictureFolders, shrink};
use timing::Workload;
pub use uneven::{Job, uneven};
pub use words::{WordInput, words};

/// Every workload of the course, in the order of the questions.
#[must_use]
pub fn workloads() -> Vec<Workload> {
    vec![
        uneven(),
        chunked(),
        #[cfg(feature = "site")]
        pages(),
        #[cfg(feature = "pictures")]
        images(),
        words(),
        #[cfg(feature = "site")]
        downloads(),
        #[cfg(feature = "pictures")]
        shrink(),
        sales(),
    ]
}

/// `rounds` dependent steps of `SplitMix64`'s finisher: work whose cost is
/// known and whose result cannot be guessed.
#[must_use]
pub(crate) fn churn(seed: u64, rounds: u32) -> u64 {
    (0..rounds).fold(seed, |x, _| {
        let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) ^ (x >> 31)
    })
}
