//! How a course turns points into a score: due dates, late days, weights and dropped
//! exercises, as data, with a derivation that a student can follow line by line.

use std::collections::BTreeMap;
use std::path::Path;

use course::points::Points;
use jiff::Timestamp;
use kit::error::UserError;
use kit::exit_code::Exit;
use serde::Deserialize;

use crate::record::{Attempt, ExerciseRecord};

const DAY_S: i64 = 24 * 60 * 60;

/// The rules of a course.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// When everything is due that [`Policy::due_of`] does not name.
    pub due: Option<Timestamp>,
    /// When single exercises are due.
    pub due_of: BTreeMap<String, Timestamp>,
    /// Minutes after that which nobody counts.
    pub grace_minutes: u32,
    /// Days that everybody may be late with each exercise.
    pub free_late_days: u32,
    /// Percent of the points that each begun late day costs.
    pub percent_per_late_day: u32,
    /// Most that lateness costs, in percent.
    pub most_percent: Option<u32>,
    /// What exercises weigh; 1 where nothing is said.
    pub weights: BTreeMap<String, u32>,
    /// So many exercises do not count: those without which the score is best.
    pub drop: usize,
}

/// When a student handed in, and what was granted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Submitted {
    /// When it was; lateness is not looked at where nobody knows.
    pub at: Option<Timestamp>,
    /// Days more than others have.
    pub extension_days: u32,
}

/// A score with how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivation {
    /// Of 100, in hundredths.
    pub score: Points,
    /// A line for each step.
    pub lines: Vec<String>,
}

/// What counts of one exercise.
struct Part<'a> {
    id: &'a str,
    weight: u64,
    /// After what lateness costs.
    points: Points,
    most: Points,
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    /// When it cannot be read, or says what there is not.
    pub fn read(file: &Path, exercises: &[&str]) -> Result<Self, UserError> {
        let refuse = |what: String| {
            let what = format!("{}: {what}", file.display());
            UserError::new(Exit::Usage, what, "`checker/CLASS.md` says what a policy looks like")
        };
        let text = std::fs::read_to_string(file).map_err(|error| refuse(error.to_string()))?;
        let policy: Self = toml::from_str(&text).map_err(|error| refuse(error.to_string()))?;
        let named = policy.due_of.keys().chain(policy.weights.keys());
        if let Some(name) = named.into_iter().find(|name| !exercises.contains(&name.as_str())) {
            return Err(refuse(format!("there is no {name}")));
        }
        let percents = [policy.percent_per_late_day, policy.most_percent.unwrap_or(0)];
        if percents.iter().any(|percent| *percent > 100) {
            return Err(refuse("a percentage above 100".to_owned()));
        }
        if policy.drop >= exercises.len() {
            return Err(refuse(format!("{} dropped exercises leave none", policy.drop)));
        }
        Ok(policy)
    }

    /// What the policy makes of an attempt.
    #[must_use]
    pub fn apply(&self, attempt: &Attempt, submitted: Submitted) -> Derivation {
        let mut lines = Vec::new();
        let parts: Vec<Part<'_>> = attempt
            .exercises
            .iter()
            .filter(|exercise| exercise.max_score > Points::ZERO)
            .map(|exercise| self.part(exercise, submitted, &mut lines))
            .filter(|part| part.weight > 0)
            .collect();
        let (dropped, score) = best(&parts, self.drop);
        for (at, part) in parts.iter().enumerate() {
            if dropped & (1 << at) != 0 {
                lines.push(format!("{} does not count: the score is best without it", part.id));
            }
        }
        let weights: Vec<u64> = parts.iter().map(|part| part.weight).collect();
        if weights.windows(2).any(|pair| pair[0] != pair[1]) {
            let said: Vec<String> =
                parts.iter().map(|part| format!("{} {}", part.id, part.weight)).collect();
            lines.push(format!("weights: {}", said.join(", ")));
        }
        lines.push(format!("score: {score} of 100"));
        Derivation { score, lines }
    }

    fn part<'a>(
        &self,
        exercise: &'a ExerciseRecord,
        submitted: Submitted,
        lines: &mut Vec<String>,
    ) -> Part<'a> {
        let (id, earned, most) = (&*exercise.id, exercise.score, exercise.max_score);
        let weight = self.weights.get(id).copied().unwrap_or(1).into();
        let mut line = format!("{id}: {earned} of {most}");
        let late = self.late_days(id, submitted);
        let charged = late.saturating_sub(self.free_late_days);
        let most_percent = self.most_percent.unwrap_or(100);
        let percent = charged.saturating_mul(self.percent_per_late_day).min(most_percent);
        let points = earned.percent(100 - percent);
        if late > 0 {
            let days = if late == 1 { "day" } else { "days" };
            line += &format!(", {late} {days} late");
            let free = late.min(self.free_late_days);
            if free > 0 {
                line += &format!(", {free} of them free");
            }
            if percent > 0 {
                line += &format!(": less {percent} %, {points}");
            }
        }
        lines.push(line);
        Part { id, weight, points, most }
    }

    /// Begun days after an exercise was due.
    fn late_days(&self, exercise: &str, submitted: Submitted) -> u32 {
        let due = self.due_of.get(exercise).or(self.due.as_ref());
        let (Some(due), Some(at)) = (due, submitted.at) else { return 0 };
        let granted =
            i64::from(submitted.extension_days) * DAY_S + i64::from(self.grace_minutes) * 60;
        let late = at.as_second().saturating_sub(due.as_second()).saturating_sub(granted);
        u32::try_from(late.max(0).saturating_add(DAY_S - 1) / DAY_S).unwrap_or(u32::MAX)
    }
}

/// Which parts are dropped, as bits, and the score of the others: the best there is. With
/// the lowest ones dropped instead, losing points could raise a score.
fn best(parts: &[Part<'_>], drop: usize) -> (u64, Points) {
    let drop = drop.min(parts.len().saturating_sub(1));
    let all = 1_u64 << parts.len().min(63);
    let choices = (0..all).filter(|bits| bits.count_ones() as usize == drop);
    let scored = choices.map(|bits| {
        let kept = parts.iter().enumerate().filter(|(at, _)| bits & (1 << at) == 0);
        (bits, score(kept.map(|(_, part)| part)))
    });
    // The first of equals.
    scored.fold((0, Points::ZERO), |best, one| if one.1 > best.1 { one } else { best })
}

/// The weighted mean of the shares, of 100.
fn score<'a>(parts: impl Iterator<Item = &'a Part<'a>>) -> Points {
    let (mut sum, mut weights) = (0_u64, 0_u64);
    for part in parts {
        // A share in millionths, so that seven of them and their weights stay exact enough.
        let most = u64::from(part.most.hundredths());
        sum += part.weight * (u64::from(part.points.hundredths()) * 1_000_000 / most);
        weights += part.weight;
    }
    let hundredths = sum.checked_div(weights).unwrap_or(0) / 100;
    Points::from_hundredths(u32::try_from(hundredths).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use course::points::Points;
    use jiff::{Timestamp, ToSpan};
    use proptest::prelude::*;

    use super::{Policy, Submitted};
    use crate::record::{Attempt, ExerciseRecord, SCHEMA_VERSION};

    fn attempt(exercises: &[(u32, u32)]) -> Attempt {
        let exercise = |(at, &(earned, most)): (usize, &(u32, u32))| ExerciseRecord {
            id: format!("exercise{}", at + 1),
            title: String::new(),
            score: Points::from_hundredths(earned.min(most)),
            max_score: Points::from_hundredths(most),
            undecided: Points::ZERO,
            questions: Vec::new(),
        };
        Attempt {
            schema_version: SCHEMA_VERSION,
            submission: String::new(),
            kit: String::new(),
            salt: 0,
            isolation: sandbox::Level::None,
            layers: sandbox::Layers::with_missing([]),
            score: Points::ZERO,
            max_score: Points::ZERO,
            undecided: Points::ZERO,
            duration_s: 0.0,
            exercises: exercises.iter().enumerate().map(exercise).collect(),
            left_behind: Vec::new(),
        }
    }

    fn due() -> Timestamp {
        "2026-12-01T12:00:00Z".parse().unwrap()
    }

    fn after(minutes: i64, extension_days: u32) -> Submitted {
        Submitted { at: Some(due() + minutes.minutes()), extension_days }
    }

    #[test]
    fn a_late_day_is_begun_after_grace_and_extension_and_free_days() {
        let policy: Policy = toml::from_str(
            "due = \"2026-12-01T12:00:00Z\"\ngrace_minutes = 10\nfree_late_days = 1\npercent_per_late_day = 10\nmost_percent = 30",
        )
        .unwrap();
        let work = attempt(&[(1000, 1000)]);
        let day = 24 * 60;
        for (minutes, extension, score) in [
            (-5, 0, "100"),
            (10, 0, "100"),
            (11, 0, "100"),
            (10 + day, 0, "100"),
            (11 + day, 0, "90"),
            (11 + day, 1, "100"),
            (11 + 2 * day, 1, "90"),
            (11 + 30 * day, 0, "70"),
        ] {
            let derived = policy.apply(&work, after(minutes, extension));
            assert_eq!(derived.score.to_string(), score, "{minutes} {:?}", derived.lines);
        }
        let derived = policy.apply(&work, after(11 + day, 0));
        assert_eq!(
            derived.lines,
            ["exercise1: 10 of 10, 2 days late, 1 of them free: less 10 %, 9", "score: 90 of 100"]
        );
        let unknown = policy.apply(&work, Submitted::default());
        assert_eq!(unknown.score.to_string(), "100", "nobody is late without a time");
    }

    #[test]
    fn weights_and_drops_are_shown() {
        let policy: Policy =
            toml::from_str("drop = 1\n[weights]\nexercise1 = 3\nexercise2 = 1").unwrap();
        let derived =
            policy.apply(&attempt(&[(500, 1000), (1000, 1000), (0, 1000)]), Submitted::default());
        assert_eq!(derived.score.to_string(), "62.5");
        assert!(derived.lines.iter().any(|line| line.starts_with("exercise3 does not count")));
        assert!(derived.lines.iter().any(|line| line.starts_with("weights: exercise1 3")));
    }

    #[test]
    fn a_policy_that_says_what_there_is_not_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("course.toml");
        for (text, why) in [
            ("due = \"yesterday\"", "due"),
            ("dew = 1", "dew"),
            ("[weights]\nexercise9 = 1", "no exercise9"),
            ("percent_per_late_day = 101", "above 100"),
            ("drop = 1", "leave none"),
        ] {
            std::fs::write(&file, text).unwrap();
            let refused = Policy::read(&file, &["exercise1"]).unwrap_err();
            assert!(refused.what.contains(why), "{refused}");
        }
    }

    prop_compose! {
        fn policies()(
            free_late_days in 0_u32..3,
            percent_per_late_day in 0_u32..=100,
            most_percent in prop::option::of(0_u32..=100),
            drop in 0_usize..3,
            weights in prop::collection::vec(0_u32..5, 7),
        ) -> Policy {
            let weights = weights.iter().enumerate();
            Policy {
                due: Some(due()),
                free_late_days,
                percent_per_late_day,
                most_percent,
                drop,
                weights: weights.map(|(at, weight)| (format!("exercise{}", at + 1), *weight)).collect(),
                ..Policy::default()
            }
        }
    }

    proptest! {
        #[test]
        fn handing_in_later_never_pays(
            policy in policies(),
            work in prop::collection::vec((0_u32..2000, 1_u32..2000), 1..7),
            early in -5000_i64..20_000,
            later in 0_i64..20_000,
            extension in 0_u32..3,
        ) {
            let work = attempt(&work);
            let one = policy.apply(&work, after(early, extension));
            let two = policy.apply(&work, after(early + later, extension));
            prop_assert!(two.score <= one.score, "{one:?} {two:?}");
            prop_assert!(one.score <= Points::from_hundredths(10_000));
            let granted = policy.apply(&work, after(early, extension + 1));
            prop_assert!(granted.score >= one.score);
        }

        #[test]
        fn more_points_never_cost_and_the_order_does_not_matter(
            policy in policies(),
            work in prop::collection::vec((0_u32..2000, 1_u32..2000), 1..7),
            at in 0_usize..7,
            more in 0_u32..500,
        ) {
            let before = policy.apply(&attempt(&work), after(3000, 0));
            let mut better = work.clone();
            let at = at % better.len();
            better[at].0 += more;
            prop_assert!(policy.apply(&attempt(&better), after(3000, 0)).score >= before.score);
            let mut turned = attempt(&work);
            turned.exercises.reverse();
            prop_assert_eq!(policy.apply(&turned, after(3000, 0)).score, before.score);
        }
    }
}
