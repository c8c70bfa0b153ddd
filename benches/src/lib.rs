//! Speed, measured in pairs.
//!
//! A [`Workload`] is what one question is timed on: inputs by seed, the kit's
//! best sequential version and a parallel reference. The submission runs in a
//! process of its own behind an [`Arm`]; the clock, the sequential version
//! and the reference stay in the grader's process. [`measure`](measure())
//! times all three on one fresh input after another, in random order, with
//! criterion as the harness, and returns the raw numbers. It judges nothing:
//! that is [`course::judge::judge_speed`].

mod arm;
mod bench;
mod chunked;
mod client;
mod crew;
#[cfg(feature = "pictures")]
mod folders;
#[cfg(feature = "pictures")]
mod images;
mod machine;
mod measure;
mod one_thread;
#[cfg(feature = "site")]
mod pages;
mod sales;
mod sales_files;
mod scratch;
#[cfg(feature = "pictures")]
mod shrink;
mod uneven;
mod words;
mod workers;
mod workload;

pub use arm::{Arm, serve};
pub use bench::{SERVE_ARGUMENT, bench_main};
pub use chunked::{chunked, chunked_input, churn_chunk};
pub use client::ArmProgram;
#[cfg(feature = "pictures")]
pub use folders::Folders;
#[cfg(feature = "pictures")]
pub use images::{ImageFolders, images};
pub use machine::offered_threads;
pub use measure::{MeasureSettings, measure};
pub use one_thread::on_one_thread;
#[cfg(feature = "site")]
pub use pages::{downloads, encyclopedia, links_of, pages, with_books};
pub use sales::sales;
pub use sales_files::SalesFiles;
pub use scratch::scratch;
#[cfg(feature = "pictures")]
pub use shrink::{PictureFolders, shrink};
pub use uneven::{Job, uneven};
pub use words::{WordInput, words};
pub use workers::working;
pub use workload::{Call, Means, Prepare, Workload, difference_of_items, equal};

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

/// Makes the bench binary of one exercise out of its question modules, each
/// with a constant `ARM`: `timed!("exercise4", [q4_1, q4_2])`.
#[macro_export]
macro_rules! timed {
    ($exercise:literal, [$($question:ident),* $(,)?]) => {
        /// The timed calls of this exercise.
        pub const ARMS: &[$crate::Arm] = &[$($question::ARM),*];

        /// Measures the timed questions of this exercise.
        pub fn main() -> std::process::ExitCode {
            let catalog = include_str!(concat!("../../exercises/", $exercise, "/exercise.toml"));
            $crate::bench_main(catalog, ARMS)
        }
    };
}
