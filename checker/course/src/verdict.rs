//! What a run means: the judgement, with its reason as a machine word.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::points::Points;

/// The judgement of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All points.
    Pass,
    /// Some of the points.
    Partial,
    /// No points.
    Fail,
    /// The measurement could not decide; the points are open.
    Inconclusive,
    /// This machine cannot measure it; the points are open.
    NotMeasurable,
    /// A person decides; the points are open.
    NeedsReview,
    /// The checker itself failed; the points are open.
    Error,
}

impl Verdict {
    /// Whether the points of the check are still open.
    #[must_use]
    pub fn is_undecided(self) -> bool {
        !matches!(self, Self::Pass | Self::Partial | Self::Fail)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Pass => "pass",
            Self::Partial => "partial",
            Self::Fail => "fail",
            Self::Inconclusive => "inconclusive",
            Self::NotMeasurable => "not measurable",
            Self::NeedsReview => "needs review",
            Self::Error => "error",
        })
    }
}

/// Why a verdict is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Everything the check asks for was there.
    Proved,
    /// The stub is still in place.
    NotImplemented,
    /// The student's file is missing, empty or cannot be read.
    NoFile,
    /// The submission does not compile.
    NotBuilt,
    /// An assertion of the check failed.
    Assertion,
    /// The student's code panicked.
    Panicked,
    /// The process ended before the last assertion.
    EndedEarly,
    /// A signal ended the process: an abort or a stack overflow, say.
    Signalled,
    /// The deadline passed.
    Timeout,
    /// The live heap passed its cap.
    OutOfMemory,
    /// Peak live heap grows with the input.
    HeapGrows,
    /// Peak live heap is above the bound.
    HeapAboveBound,
    /// Memory was not given back after the drop.
    HeapNotReleased,
    /// Too slow against the reference.
    TooSlow,
    /// Fast enough for some of the points.
    BelowFull,
    /// The output of a timed call was wrong.
    WrongOutput,
    /// Work went on after the timed call had returned.
    WorkContinues,
    /// The machine did not offer its cores while measuring.
    MachineBusy,
    /// The measurements straddle the threshold.
    Straddles,
    /// There is only one core.
    OneCore,
    /// The code is outside of what the model checker can see.
    NotModelled,
    /// The run was asked not to measure speed.
    Skipped,
    /// `answers.md` has no answer, or still the template.
    NoAnswer,
    /// An answer is there and waits for a person.
    Answered,
    /// A person has read the answer and given the points.
    Reviewed,
    /// The checker could not start or finish the run.
    CheckerFault,
    /// The program was compiled from something else than was laid.
    WrongProgram,
    /// The harness was refused something by the machine.
    MachineFault,
    /// Grading was interrupted before this check was judged.
    Interrupted,
}

impl Reason {
    /// Whether the checker, the kit or the machine is the reason: then nobody
    /// loses a point.
    #[must_use]
    pub fn is_fault(self) -> bool {
        matches!(
            self,
            Self::CheckerFault | Self::WrongProgram | Self::MachineFault | Self::Interrupted
        )
    }

    /// The machine word, as in the JSON record.
    #[must_use]
    pub fn word(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }
}

/// A verdict with its reason and the words for the student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The judgement.
    pub verdict: Verdict,
    /// Why, as a machine word.
    pub reason: Reason,
    /// Why, for the student; empty where there is nothing to add.
    pub message: String,
    /// Share of the points that are earned, in percent.
    pub percent: u32,
}

impl Judgement {
    /// Full points.
    #[must_use]
    pub fn pass(message: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::Pass,
            reason: Reason::Proved,
            message: message.into(),
            percent: 100,
        }
    }

    /// Part of the points.
    #[must_use]
    pub fn partial(percent: u32, reason: Reason, message: impl Into<String>) -> Self {
        Self { verdict: Verdict::Partial, reason, message: message.into(), percent }
    }

    /// No points.
    #[must_use]
    pub fn fail(reason: Reason, message: impl Into<String>) -> Self {
        Self { verdict: Verdict::Fail, reason, message: message.into(), percent: 0 }
    }

    /// Points that stay open, with the verdict that says why.
    #[must_use]
    pub fn open(verdict: Verdict, reason: Reason, message: impl Into<String>) -> Self {
        Self { verdict, reason, message: message.into(), percent: 0 }
    }

    /// Points that stay open because the checker, the kit or the machine failed:
    /// never the student's loss.
    #[must_use]
    pub fn error(reason: Reason, message: impl Into<String>) -> Self {
        Self::open(Verdict::Error, reason, message)
    }

    /// What the judgement earns of `points`.
    #[must_use]
    pub fn earned(&self, points: Points) -> Points {
        points.percent(self.percent)
    }
}
