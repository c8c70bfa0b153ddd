//! `std::hint`: a loop that spins lets the others run.

pub use shuttle::hint::spin_loop;
pub use std::hint::*;
