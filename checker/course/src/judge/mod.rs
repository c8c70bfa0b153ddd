//! From facts to verdicts: pure functions, and the only place that decides.

mod memory;
mod run;

pub use memory::judge_memory;
pub use run::judge_run;
