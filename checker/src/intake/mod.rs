//! From what was handed in to a [`Submission`]: the student's files, and why each
//! of the others was not taken.

mod archive;
mod flat;
mod folder;
mod submission;
mod tree;
mod unpacked;

pub use archive::is_archive;
pub use folder::{discover, discover_handed_in, student_files};
pub use submission::{LeftBehind, StudentFiles, Submission};
