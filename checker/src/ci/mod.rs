//! Grades a request for changes: what differs between two commits, with the kit that
//! lies here, and never by checking the request out.

mod change;
mod comment;
mod git;
mod outcome;
mod run;

pub use comment::comment;
pub use outcome::{CiOutcome, VERSION};
pub use run::{Order, run};
