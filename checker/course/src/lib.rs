//! What both sides of a graded run agree on.
//!
//! The graded tests (crate `harness`) and the `checker` meet here: the
//! [`catalog`] says which checks there are, a [`child`] runs one of them over
//! a private [`channel`], an [`outcome`] is the bare fact of that run and
//! [`judge`] turns facts into a [`verdict`].

pub mod catalog;
pub mod channel;
pub mod child;
pub mod confine;
pub mod cpu_time;
pub mod evidence;
pub mod judge;
pub mod outcome;
pub mod points;
pub mod spread;
pub mod verdict;
