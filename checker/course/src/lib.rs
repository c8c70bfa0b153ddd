//! What both sides of a graded run agree on.
//!
//! The graded tests (crate `harness`) and the `checker` meet here: the
//! [`catalog`] says which checks there are, a child process runs one of them
//! and answers over a private [`channel`], an [`outcome`] is the bare fact of that
//! run and [`judge`] turns facts into a [`verdict`]. Nothing here starts a process or
//! a thread or reads the environment.

pub mod catalog;
pub mod channel;
pub mod evidence;
pub mod fault;
pub mod judge;
pub mod measure;
pub mod outcome;
pub mod points;
pub mod verdict;
