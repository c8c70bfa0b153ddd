//! What graded tests are written with.
//!
//! A graded test binary is built from one list of functions, one for each
//! check of the catalogue (see [`graded!`] and [`checks!`]). Started by hand
//! (`cargo test -p exercise1`) it runs every check in a child process of its
//! own and tells the student what to do next. Started by the checker it runs
//! one check and proves over a private channel that the last assertion held.
//!
//! The tools for the tests themselves: [`expect_eq`] for messages in the course's
//! words, [`property`](property()) for generated inputs, [`Rendezvous`],
//! [`Gate`] and [`InFlight`] for claims of concurrency, [`program`] (made with
//! [`programs!`]), [`ProcessGate`] and [`children_now`] for child processes,
//! [`counted`] and [`NamedPipe`] for claims of laziness, [`heap`] for claims of
//! memory, [`CpuTime`] and [`Unrest`] for claims about threads, [`FolderWatch`] for what others
//! see of files, [`schedules`] for claims about every order of the threads' steps,
//! [`snapshot`](snapshot()) for text, [`form`] for the shape of the code.

mod children;
pub mod crew;
pub mod edges;
pub mod expect;
mod folder_watch;
pub mod form;
mod gate;
pub mod heap;
mod in_flight;
mod pipe;
mod probe;
mod process_gate;
mod program;
mod property;
mod rendezvous;
mod run;
mod schedule;
mod scratch;
mod snapshot;
mod source;
mod suite;
mod threads;
mod unrest;

pub use course::fault::{MachineFault, needed};
pub use supervise::CpuTime;

pub use children::{Children, children_now, take_ended_children};
pub use expect::{expect, expect_eq, fail};
pub use folder_watch::{FileEvent, FolderWatch};
pub use gate::Gate;
pub use in_flight::InFlight;
pub use pipe::NamedPipe;
pub use process_gate::{ProcessGate, pass_gate};
pub use program::{Program, close_input, program};
pub use property::{property, seed};
pub use rendezvous::Rendezvous;
pub use run::{GradedTest, Suite, main};
pub use schedule::schedules;
pub use scratch::Scratch;
pub use snapshot::snapshot;
pub use source::{Counted, Pulls, counted};
pub use threads::{threads_now, wait_for_threads};
pub use unrest::Unrest;

/// The `std` of programs under the model checker, for [`schedules`].
pub use model_std as model;
pub use proptest;

/// How long a gate or a rendezvous waits before it gives up.
///
/// It only ends a test that would otherwise hang; no test measures it.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

/// Names the checks of one question: `checks! { "1.1/sieve" => sieve, … }`.
///
/// Makes the constant `CHECKS`; the functions panic when the check fails.
#[macro_export]
macro_rules! checks {
    ($($id:literal => $test:path),+ $(,)?) => {
        /// The checks of this question.
        pub const CHECKS: &[$crate::GradedTest] =
            &[$($crate::GradedTest { id: $id, run: $test }),+];
    };
}

/// Names the programs of one question: `programs! { "5.3/worker" => worker, … }`.
///
/// Makes the constant `PROGRAMS`. [`program`] starts one as a process of its
/// own: the graded test binary in another mode, so that the student's
/// functions are in it.
#[macro_export]
macro_rules! programs {
    ($($name:literal => $run:path),+ $(,)?) => {
        /// The programs that the checks of this question start.
        pub const PROGRAMS: &[$crate::Program] =
            &[$($crate::Program { name: $name, run: $run }),+];
    };
}

/// Makes the graded test binary of one exercise out of its question modules.
///
/// `graded!(exercise1, [q1_1, q1_2])`, in `tests/graded/exercise1/main.rs`: the
/// catalogue is read from `exercises/exercise1/exercise.toml` while compiling.
/// Behind it come the modules that start programs, `programs [q5_3]`, and the crate
/// that the model checker runs, `model exercise5_model`.
#[macro_export]
macro_rules! graded {
    ($exercise:ident, [$($question:ident),* $(,)?]
        $(, programs [$($started:ident),* $(,)?])? $(, model $model:ident)?) => {
        #[global_allocator]
        static HEAP: $crate::heap::CountingHeap = $crate::heap::CountingHeap;

        /// Runs the graded tests of this exercise.
        pub fn main() -> std::process::ExitCode {
            $crate::main(&$crate::Suite {
                catalog: include_str!(concat!(
                    "../../../exercises/",
                    stringify!($exercise),
                    "/exercise.toml"
                )),
                folder: env!("CARGO_MANIFEST_DIR"),
                package: env!("CARGO_PKG_NAME"),
                snapshots: concat!("tests/graded/", stringify!($exercise), "/snapshots"),
                tests: &[$($question::CHECKS),*],
                programs: &[$($($started::PROGRAMS),*)?],
                laid: &[option_env!("COURSE_LAID"), $exercise::LAID $(, $model::LAID)?],
            })
        }
    };
}
