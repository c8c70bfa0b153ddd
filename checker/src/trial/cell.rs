//! The cells of the trial: who is measured under which condition, and which
//! verdicts would be wrong there.

use std::fmt;

use course::catalog::SpeedThreshold;
use course::evidence::Gain;
use course::verdict::Verdict;
use serde::{Deserialize, Serialize};

use crate::proof::known::Role;

/// What else the machine does while it measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Nothing.
    Quiet,
    /// A neighbour that computes for 40 ms of every 160 ms.
    QuarterNeighbour,
    /// A neighbour that always computes.
    BusyNeighbour,
    /// Everything is pinned to one CPU.
    OneCpu,
}

impl Condition {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 4] =
        [Self::Quiet, Self::QuarterNeighbour, Self::BusyNeighbour, Self::OneCpu];
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Quiet => "quiet machine",
            Self::QuarterNeighbour => "neighbour busy 25 % of the time",
            Self::BusyNeighbour => "neighbour always busy",
            Self::OneCpu => "pinned to one CPU",
        })
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Reference => "reference solution",
            Self::Good => "another good one",
            Self::Poor => "poor: below the line",
            Self::Sequential => "sequential",
        })
    }
}

/// Whether a verdict is wrong for a submission whose worth is known.
///
/// `share` is its true share of the reference's speedup: the median over its
/// quiet gradings, where there are any. An open verdict is never wrong, but on
/// one CPU a question about cores has only one right answer.
#[must_use]
pub fn is_wrong(
    role: Role,
    condition: Condition,
    gain: Gain,
    verdict: Verdict,
    share: Option<f64>,
    threshold: SpeedThreshold,
) -> bool {
    if verdict == Verdict::Error {
        return true;
    }
    if condition == Condition::OneCpu && gain == Gain::Cores {
        return verdict != Verdict::NotMeasurable;
    }
    match role {
        Role::Reference | Role::Good => matches!(verdict, Verdict::Fail | Verdict::Partial),
        Role::Sequential => matches!(verdict, Verdict::Pass | Verdict::Partial),
        Role::Poor => match verdict {
            Verdict::Pass => true,
            Verdict::Fail => share.is_some_and(|share| share > threshold.half),
            Verdict::Partial => share.is_some_and(|share| share < threshold.half),
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use course::catalog::SpeedThreshold;
    use course::evidence::Gain;
    use course::verdict::Verdict;

    use super::{Condition, is_wrong};
    use crate::proof::known::Role;

    #[test]
    fn wrong_is_what_costs_or_gives_points_that_are_not_due() {
        let wrong = |role, condition, verdict| {
            let threshold = SpeedThreshold { full: 0.85, half: 0.65 };
            is_wrong(role, condition, Gain::Cores, verdict, Some(0.68), threshold)
        };
        use Condition::{BusyNeighbour, OneCpu, Quiet};
        use Role::{Good, Poor, Reference, Sequential};
        use Verdict::{Error, Fail, Inconclusive, NotMeasurable, Partial, Pass};
        for (role, verdict, expected) in [
            (Reference, Pass, false),
            (Reference, Partial, true),
            (Good, Fail, true),
            (Good, Error, true),
            (Poor, Pass, true),
            (Poor, Partial, false),
            (Poor, Fail, true),
            (Sequential, Fail, false),
            (Sequential, Partial, true),
            (Sequential, Pass, true),
        ] {
            for condition in [Quiet, BusyNeighbour] {
                assert_eq!(wrong(role, condition, verdict), expected, "{role:?} {verdict:?}");
                assert!(!wrong(role, condition, Inconclusive));
            }
            assert!(wrong(role, OneCpu, verdict) && !wrong(role, OneCpu, NotMeasurable));
        }
    }
}
