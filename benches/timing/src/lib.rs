//! Speed, measured in pairs.
//!
//! A [`Workload`] is what one question is timed on: inputs by seed, the kit's
//! best sequential version and a parallel kernel. A program of [`timed!`] calls has
//! three modes: it serves timed calls to a measuring process, it is that
//! process, or it is a student's `cargo bench`. [`measure`](measure()) times
//! sequential version, submission and reference on one fresh input after another,
//! in random order, with criterion as the harness, and returns the raw numbers. What
//! they mean is told by [`course::judge::judge_speed`].

mod client;
pub mod crew;
mod machine;
mod measure;
mod one_thread;
mod program;
mod scratch;
mod serve;
mod workers;
mod workload;

pub use machine::offered_threads;
pub use measure::{MeasureSettings, measure};
pub use one_thread::on_one_thread;
pub use program::{TimedSuite, main};
pub use scratch::scratch;
pub use workers::working;
pub use workload::{
    Call, Means, Prepare, TimedCall, Workload, difference_of_items, equal, first_difference,
};

/// Makes the program of timed calls of one exercise out of its question modules,
/// each with a constant `TIMED`: `timed!(exercise4, [q4_1, q4_2])`.
#[macro_export]
macro_rules! timed {
    ($exercise:ident, [$($question:ident),* $(,)?]) => {
        /// Serves or measures the timed questions of this exercise.
        pub fn main() -> std::process::ExitCode {
            $crate::main(&$crate::TimedSuite {
                catalog: include_str!(concat!(
                    "../../exercises/",
                    stringify!($exercise),
                    "/exercise.toml"
                )),
                calls: &[$($question::TIMED),*],
                workloads: workloads::workloads,
                laid: &[option_env!("COURSE_LAID"), $exercise::LAID],
            })
        }
    };
}
