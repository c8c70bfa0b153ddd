#![doc = include_str!("../../../exercises/exercise7/README.md")]

mod q7_0_laws;

pub use q7_0_laws::{
    Clock, LawError, MonotonicClock, amdahl, efficiency, gustafson, karp_flatt, speedup, timed,
    timed_with,
};
