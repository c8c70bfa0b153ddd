//! What a question under the model checker sees as `std`.
//!
//! Everything is the standard library's, but for threads, locks, channels,
//! atomics and time: these are [Shuttle](https://docs.rs/shuttle)'s, or stand
//! on them. Shuttle runs the threads of a program on one thread of the
//! machine, one step at a time, and a scheduler that is seeded decides after
//! each step which of them goes on. So [`engine::explore`] can run a program under
//! hundreds of schedules, and run the one that failed again.
//!
//! # What a pass means
//! That none of the schedules tried lost an update, hung, or broke an
//! assertion. They are a random sample: a pass is no proof, and a mistake that
//! needs a rare schedule may stay hidden. All atomics behave as with
//! `SeqCst`: what only a weaker ordering can do is never seen. Time is not
//! measured but made up: see [`time`]. And only what is written with `std` and
//! `crossbeam::channel` is seen; rayon and whatever else starts threads of the
//! machine is outside of the model.
//!
//! Two more limits: a `static` keeps its value from one schedule to the next,
//! and the order of a `HashMap` is not the same in every run. A program that
//! acts on either may not fail again under the schedule that failed.

pub use std::*;

pub mod engine;
pub mod hint;
pub mod sync;
pub mod thread;
pub mod time;

/// Shuttle's [`std::thread_local!`]: one value for each thread of the model.
#[macro_export]
macro_rules! thread_local {
    () => {};
    ($(#[$attr:meta])* $vis:vis static $name:ident: $t:ty = const $init:block $(; $($rest:tt)*)?) => {
        $crate::thread_local!($(#[$attr])* $vis static $name: $t = $init $(; $($rest)*)?);
    };
    ($(#[$attr:meta])* $vis:vis static $name:ident: $t:ty = $init:expr $(; $($rest:tt)*)?) => {
        $(#[$attr])* $vis static $name: $crate::thread::LocalKey<$t> =
            $crate::thread::LocalKey::new(|| $init);
        $($crate::thread_local!($($rest)*);)?
    };
}
