//! From facts to verdicts: pure functions, and the only place that decides.

mod form;
mod memory;
mod run;
mod speed;
mod speed_words;
mod statistics;

pub use form::judge_form;
pub use memory::judge_memory;
pub use run::{Proof, judge_after_timeouts, judge_run};
pub use speed::{LEAST_TRIPLES, MAX_WINDOWS, WINDOW_TRIPLES, accepted, judge_speed, median_share};

use crate::evidence::{EVIDENCE_VERSION, Evidence};
use crate::verdict::{Judgement, Reason, Verdict};

/// Judges an evidence file.
#[must_use]
pub fn judge_evidence(evidence: &Evidence) -> Judgement {
    match evidence {
        Evidence::Speed(evidence) => judge_speed(evidence),
        Evidence::Memory(evidence) => foreign(evidence.evidence_version)
            .unwrap_or_else(|| judge_memory(evidence.bound, &evidence.measured)),
    }
}

/// Refuses evidence of another version: its numbers may mean something else.
fn foreign(version: u32) -> Option<Judgement> {
    (version != EVIDENCE_VERSION).then(|| {
        Judgement::open(
            Verdict::Error,
            Reason::CheckerFault,
            format!("evidence of version {version}, this checker reads {EVIDENCE_VERSION}."),
        )
    })
}
