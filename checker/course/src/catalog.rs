//! The catalogue of the course: exercises, questions, checks, points, hints.
//!
//! One `exercise.toml` beside each stub is the only place that says which
//! checks exist. The list of what is graded never comes from a student's
//! binary.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::points::Points;

/// One exercise: a crate of stubs with its questions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exercise {
    /// Name of crate and folder, such as `exercise4`.
    pub id: String,
    /// What the exercise is about, in a few words.
    pub title: String,
    /// Difficulty from one to three stars.
    pub stars: u8,
    /// Questions in the order they are taught.
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
}

/// One question of an exercise, with points and checks.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Number in the course, such as `4.1`.
    pub id: String,
    /// What the question is about, in a few words.
    pub title: String,
    /// The student's file, relative to the exercise, such as `src/q4_1_pool.rs`.
    pub file: String,
    /// What its code needs beside files of its own.
    #[serde(default)]
    pub needs: BTreeSet<Need>,
    /// Three steps of help: the idea, the tool, almost the code.
    pub hints: [String; 3],
    /// What is judged, in the order it is shown.
    #[serde(rename = "check")]
    pub checks: Vec<Check>,
}

/// What a question's code may use of the machine beside files of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Servers on loopback that its tests start.
    Network,
    /// Child processes.
    Children,
}

/// One thing that is judged.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Full name, such as `4.1/speed`.
    pub id: String,
    /// How it is judged.
    pub kind: Kind,
    /// What a full pass earns.
    pub points: Points,
    /// What a pass proves, in the student's words: "agrees with a sieve".
    pub proves: String,
    /// How long one run may take in s, where that is not what its kind may.
    pub deadline_s: Option<u32>,
    /// A hidden check is graded; only the instructor sees its name and message.
    #[serde(default)]
    pub hidden: bool,
    /// The bounds of a `memory` check.
    pub memory: Option<MemoryBound>,
    /// The thresholds of a `speed` check.
    pub speed: Option<SpeedThreshold>,
    /// What a person looks for in a `manual` check.
    pub rubric: Option<String>,
}

/// How a check is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Generated inputs (proptest).
    Property,
    /// Text against an agreed snapshot (insta).
    Snapshot,
    /// Examples, errors, and proofs of concurrency and laziness.
    Behaviour,
    /// A minimum speedup, in paired measurements (criterion).
    Speed,
    /// Peak live heap at several sizes.
    Memory,
    /// Model checking of thread schedules.
    Schedule,
    /// The shape of the syntax tree.
    Form,
    /// A person gives the points.
    Manual,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Property => "property",
            Self::Snapshot => "snapshot",
            Self::Behaviour => "behaviour",
            Self::Speed => "speed",
            Self::Memory => "memory",
            Self::Schedule => "schedule",
            Self::Form => "form",
            Self::Manual => "manual",
        })
    }
}

/// What a `memory` check allows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemoryBound {
    /// Bytes that one element of the input takes when it is kept.
    pub element_bytes: u64,
    /// Most live heap bytes allowed at any size.
    pub peak_bytes: u64,
}

/// What a `speed` check asks, as fractions of the speedup that the parallel
/// reference reaches in the same moments on the same machine.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeedThreshold {
    /// Fraction that earns full points.
    pub full: f64,
    /// Fraction that earns half of the points.
    pub half: f64,
}

impl Exercise {
    /// Reads and validates the text of an `exercise.toml`.
    ///
    /// # Errors
    /// Says what is wrong with the text, in one line where it can.
    pub fn parse(text: &str) -> Result<Self, String> {
        let exercise: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        exercise.validate()?;
        Ok(exercise)
    }

    /// Reads and validates an `exercise.toml`.
    ///
    /// # Errors
    /// Names the file and what is wrong with it.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        Self::parse(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Every check of the exercise, in the order of the course.
    pub fn checks(&self) -> impl Iterator<Item = &Check> {
        self.questions.iter().flat_map(|question| &question.checks)
    }

    /// What the question that a check belongs to needs; nothing for a check of
    /// another exercise.
    #[must_use]
    pub fn needs_of(&self, check: &Check) -> &BTreeSet<Need> {
        const NOTHING: &BTreeSet<Need> = &BTreeSet::new();
        let mut questions = self.questions.iter();
        let owner = questions.find(|question| question.checks.iter().any(|own| own.id == check.id));
        owner.map_or(NOTHING, |question| &question.needs)
    }

    /// The points of the whole exercise.
    #[must_use]
    pub fn points(&self) -> Points {
        self.questions.iter().map(Question::points).sum()
    }

    /// The number in the exercise's name: 4 for `exercise4`.
    #[must_use]
    pub fn number(&self) -> &str {
        self.id.trim_start_matches("exercise")
    }

    fn validate(&self) -> Result<(), String> {
        if self.number().parse::<u8>().is_err() || !self.id.starts_with("exercise") {
            return Err(format!("id `{}` is not `exercise` and a number", self.id));
        }
        if !(1..=3).contains(&self.stars) {
            return Err(format!("{} stars: use 1 to 3", self.stars));
        }
        if self.questions.is_empty() {
            return Err("an exercise needs a question".to_owned());
        }
        let mut seen = std::collections::HashSet::new();
        for question in &self.questions {
            question.validate(self.number())?;
            for check in &question.checks {
                if !seen.insert(&check.id) {
                    return Err(format!("check `{}` is there twice", check.id));
                }
            }
        }
        Ok(())
    }
}

impl Question {
    /// The points of all checks of the question.
    #[must_use]
    pub fn points(&self) -> Points {
        self.checks.iter().map(|check| check.points).sum()
    }

    fn validate(&self, exercise: &str) -> Result<(), String> {
        let id = &self.id;
        if id
            .split_once('.')
            .is_none_or(|(major, minor)| major != exercise || minor.parse::<u8>().is_err())
        {
            return Err(format!("question `{id}` is not numbered `{exercise}.N`"));
        }
        if !self.file.starts_with("src/") || !self.file.ends_with(".rs") || self.file.contains("..")
        {
            return Err(format!("question {id}: `{}` is not a file under src/", self.file));
        }
        if self.hints.iter().any(|hint| hint.trim().is_empty()) {
            return Err(format!("question {id}: an empty hint"));
        }
        if self.checks.is_empty() {
            return Err(format!("question {id} needs a check"));
        }
        self.checks.iter().try_for_each(|check| check.validate(id))
    }
}

impl Check {
    /// How long one run may take before it is stopped.
    #[must_use]
    pub fn deadline(&self) -> Duration {
        // Many times of what it takes on a quiet machine: on a busy one an honest
        // submission must not lose its points to the neighbours. In 4.4/memory one
        // took 45 s whose generic calls were compiled without optimisation.
        let of_kind = if self.takes_long() { 180 } else { 20 };
        Duration::from_secs(self.deadline_s.unwrap_or(of_kind).into())
    }

    /// Whether the check is a function of the graded test binary (everything
    /// but the timed and the human ones).
    #[must_use]
    pub fn runs_in_tests(&self) -> bool {
        !matches!(self.kind, Kind::Speed | Kind::Manual)
    }

    /// Whether the check takes long also where all is well: it measures large
    /// inputs, several times each.
    #[must_use]
    pub fn takes_long(&self) -> bool {
        self.kind == Kind::Memory
    }

    fn validate(&self, question: &str) -> Result<(), String> {
        let id = &self.id;
        let name = id.strip_prefix(question).and_then(|rest| rest.strip_prefix('/'));
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_none_or(|name| name.is_empty() || !name.chars().all(kebab)) {
            return Err(format!("check `{id}` is not named `{question}/some-words`"));
        }
        if self.proves.trim().is_empty() {
            return Err(format!("check {id} does not say what it proves"));
        }
        if (self.kind == Kind::Memory) != self.memory.is_some() {
            return Err(format!(
                "check {id}: `memory` bounds belong to kind memory, and to it alone"
            ));
        }
        if (self.kind == Kind::Speed) != self.speed.is_some() {
            return Err(format!(
                "check {id}: `speed` thresholds belong to kind speed, and to it alone"
            ));
        }
        if (self.kind == Kind::Manual) != self.rubric.is_some() {
            return Err(format!("check {id}: a `rubric` belongs to kind manual, and to it alone"));
        }
        if let Some(SpeedThreshold { full, half }) = self.speed
            && !(0.0 < half && half < full && full <= 1.0)
        {
            return Err(format!("check {id}: speed needs 0 < half < full <= 1"));
        }
        if let Some(deadline_s) = self.deadline_s.filter(|seconds| !(1..=600).contains(seconds)) {
            return Err(format!("check {id}: a deadline of {deadline_s} s"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Exercise, Kind};

    const GOOD: &str = r#"
        id = "exercise9"
        title = "Nine"
        stars = 2
        [[question]]
        id = "9.1"
        title = "First"
        file = "src/q9_1_first.rs"
        hints = ["idea", "tool", "code"]
        [[question.check]]
        id = "9.1/examples"
        kind = "behaviour"
        points = 0.5
        proves = "the examples hold"
        [[question.check]]
        id = "9.1/speed"
        kind = "speed"
        points = 1
        proves = "it is parallel"
        speed = { full = 0.85, half = 0.6 }
    "#;

    #[test]
    fn a_catalogue_is_read_with_its_points() {
        let exercise = Exercise::parse(GOOD).unwrap();
        assert_eq!(exercise.points().to_string(), "1.5");
        assert_eq!(exercise.number(), "9");
        assert_eq!(exercise.checks().filter(|check| check.runs_in_tests()).count(), 1);
        assert_eq!(exercise.questions[0].checks[1].kind, Kind::Speed);
    }

    #[test]
    fn mistakes_in_a_catalogue_are_named() {
        let broken = [
            ("\"exercise9\"", "\"ninth\"", "`ninth`"),
            ("stars = 2", "stars = 4", "4 stars"),
            ("\"9.1\"", "\"8.1\"", "numbered `9.N`"),
            ("src/q9", "../q9", "file under src/"),
            ("\"tool\"", "\" \"", "empty hint"),
            ("9.1/speed", "9.1/examples", "twice"),
            ("9.1/speed", "9.2/speed", "named `9.1/some-words`"),
            ("half = 0.6", "half = 0.9", "half < full"),
            ("\"behaviour\"", "\"memory\"", "kind memory"),
            ("points = 0.5", "points = 0.001", "points"),
            ("kind = \"speed\"", "kind = \"pace\"", "pace"),
        ];
        for (from, to, words) in broken {
            let error = Exercise::parse(&GOOD.replacen(from, to, 1)).unwrap_err();
            assert!(error.contains(words), "{from} -> {to}: {error}");
        }
    }
}
