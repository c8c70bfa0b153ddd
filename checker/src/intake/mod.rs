//! From what was handed in to a [`Submission`]: the student's files, and why each
//! of the others was not taken.

mod folder;
mod submission;

pub use folder::{discover, student_files};
pub use submission::{LeftBehind, StudentFiles, Submission};
