//! Seeded PNG and JPEG files, and what their small gray versions must look like.
//!
//! A crate of its own, so that exercises without pictures need not compile a
//! library for them.

mod compare;
pub mod given;
mod paint;

pub use compare::{Difference, SIDE, difference, gray_png, small_gray, whole_png};
pub use paint::{Format, Look, encoded, painted};
