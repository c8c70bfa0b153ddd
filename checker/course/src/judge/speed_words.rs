//! The figures of a speed verdict, and the words that a student reads.

use super::speed::{MAX_WINDOWS, Ratios};
use super::statistics::median;
use crate::evidence::{Gain, SpeedEvidence};
use crate::verdict::{Judgement, Reason, Verdict};

/// The figures that go into the message.
pub(super) struct Seen {
    submission: Option<f64>,
    reference: Option<f64>,
    share: Option<f64>,
    accepted: usize,
    tried: usize,
    gain: Gain,
    threads: u32,
    full: f64,
    half: f64,
    /// Threads that took part, as in most measurements; `None` where nobody counted.
    workers: Option<u32>,
}

impl Seen {
    pub(super) fn of(evidence: &SpeedEvidence, all: &[Ratios]) -> Self {
        let figure = |pick: fn(&Ratios) -> f64| median(&all.iter().map(pick).collect::<Vec<_>>());
        Self {
            submission: figure(|ratios| ratios.of_sequential),
            reference: figure(|ratios| ratios.reference_of_sequential),
            share: figure(|ratios| ratios.of_reference),
            accepted: all.len(),
            tried: evidence.windows.iter().map(|window| window.triples.len()).sum(),
            gain: evidence.gain,
            threads: evidence.threads,
            full: evidence.threshold.full,
            half: evidence.threshold.half,
            workers: workers(evidence),
        }
    }

    pub(super) fn message(&self, meaning: &str) -> String {
        let (Some(submission), Some(reference), Some(share)) =
            (self.submission, self.reference, self.share)
        else {
            return format!("{meaning}.");
        };
        let mut text = format!(
            "{meaning}: your version took {:.0} % of the {} with {}; the reference took {:.0} % in the \
             same moments on this machine. That is {:.0} % of the reference's speedup ({:.0} % earns all points, {:.0} % half; \
             {} measurements).",
            submission * 100.0,
            self.compared(),
            self.means(),
            reference * 100.0,
            share * 100.0,
            self.full * 100.0,
            self.half * 100.0,
            self.accepted
        );
        if let (Gain::Cores, Some(workers)) = (self.gain, self.workers) {
            if workers == 1 {
                text += " All the work ran on one thread.";
            } else if workers > 2 * self.threads {
                text += &format!(" The work ran on {workers} threads.");
            }
        }
        if submission > 0.9 && share < self.half {
            text += match self.gain {
                Gain::Cores => {
                    " So nothing was gained by the threads: the work ran one piece after another, or handing it out cost as much as doing it."
                }
                Gain::Connections => {
                    " So nothing was gained by the connections: the waits followed one another instead of passing together."
                }
                Gain::OneThread => {
                    " So nothing was gained: profile it again and look for what takes the time now."
                }
            };
        }
        text
    }

    /// What the submission's time is compared with.
    fn compared(&self) -> &'static str {
        match self.gain {
            Gain::Cores | Gain::Connections => "sequential time",
            Gain::OneThread => "given version's time",
        }
    }

    /// What the submission was given to be faster with.
    fn means(&self) -> String {
        match self.gain {
            Gain::Cores => format!("{} threads", self.threads),
            Gain::Connections => format!("{} connections", self.threads),
            Gain::OneThread => "one thread".to_owned(),
        }
    }

    pub(super) fn inconclusive(&self, evidence: &SpeedEvidence, full_windows: usize) -> Judgement {
        let open = |reason, message| Judgement::open(Verdict::Inconclusive, reason, message);
        if full_windows < MAX_WINDOWS && evidence.windows.len() >= full_windows {
            let busy = self.tried - self.accepted.min(self.tried);
            if busy * 3 > self.tried || full_windows < evidence.windows.len() || self.tried == 0 {
                return open(
                    Reason::MachineBusy,
                    format!(
                        "{} in {busy} of {} measurements, so no verdict is given. \
                         Close other programs and grade again; the points stay open.",
                        match self.gain {
                            Gain::Cores =>
                                format!("the machine did not offer its {} cores", self.threads),
                            Gain::Connections | Gain::OneThread =>
                                "the machine was too busy for the reference itself".to_owned(),
                        },
                        self.tried
                    ),
                );
            }
        }
        open(
            Reason::Straddles,
            self.message(
                "too close to a threshold to decide, so the points stay open; grade again",
            ),
        )
    }
}

/// The median number of threads that took part in a timed call.
fn workers(evidence: &SpeedEvidence) -> Option<u32> {
    let mut counts: Vec<u32> = evidence
        .windows
        .iter()
        .flat_map(|window| &window.triples)
        .map(|triple| triple.workers)
        .filter(|&workers| workers > 0)
        .collect();
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied()
}
