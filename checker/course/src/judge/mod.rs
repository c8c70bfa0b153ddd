//! From facts to verdicts: pure functions, and the only place that decides.

mod form;
mod memory;
mod run;
mod speed;
mod statistics;

pub use form::judge_form;
pub use memory::judge_memory;
pub use run::judge_run;
pub use speed::{LEAST_TRIPLES, MAX_WINDOWS, WINDOW_TRIPLES, accepted, judge_speed};
