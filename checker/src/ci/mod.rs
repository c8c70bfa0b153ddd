//! Grades a request for changes: what differs between two commits, with the kit in
//! this checkout, and without ever checking the request out.

mod change;
mod comment;
mod git;
mod outcome;
mod run;

pub use comment::comment;
pub use outcome::{CiOutcome, VERSION};
pub use run::{Order, run};
