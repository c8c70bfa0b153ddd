//! Where submissions are compiled: stages, cargo, and what the compiler says.

pub mod blame;
mod cargo;
mod crate_root;
pub mod crate_wide;
pub mod diagnostics;
pub mod isolation;
mod memory;
pub mod prepare;
pub mod program;
mod stage;
mod toolchain;

pub use cargo::Cargo;
pub use stage::{Laid, Place, Plan, Stage};
