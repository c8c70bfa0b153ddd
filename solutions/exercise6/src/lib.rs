#![doc = include_str!("../../../exercises/exercise6/README.md")]

mod q6_0_handles;

pub use q6_0_handles::{Handle, JobPanic, Pool, as_completed};
