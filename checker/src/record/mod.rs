//! What is kept of a grading: the record of an attempt and its evidence.

mod attempt;
pub mod evidence_file;
mod recorder;
pub mod whole_file;

pub use attempt::{Attempt, CheckRecord, ExerciseRecord, QuestionRecord, SCHEMA_VERSION};
pub use recorder::Recorder;
