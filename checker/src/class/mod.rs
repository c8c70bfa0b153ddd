//! Grades a class: every submission of a folder into one gradebook, on all cores, and
//! on a second run only what has changed.

mod difference;
mod entry;
mod job;
mod ledger;
mod member;
mod policy;
mod progress;
mod roster;
mod run;
mod shard;
mod summary;
mod wave;

pub use policy::{Derivation, Policy, Submitted};
pub use run::{Order, run};
pub use shard::Shard;
