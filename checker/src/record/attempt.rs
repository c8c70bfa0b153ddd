//! The record of one attempt, from which every report is made.

use std::path::{Path, PathBuf};

use course::catalog::{Check, Exercise, Kind, Question};
use course::points::Points;
use course::verdict::{Reason, Verdict};
use sandbox::{Layers, Level};
use serde::{Deserialize, Serialize};

use crate::grade::event::Judged;

/// Version of the JSON record.
pub const SCHEMA_VERSION: u32 = 1;

/// One grading of one submission.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// How the submission was named.
    pub submission: String,
    /// Content hash of the kit.
    pub kit: String,
    /// Where all seeds come from.
    pub salt: u64,
    /// The level that the student's code was isolated at.
    pub isolation: Level,
    /// The layers of that, each in force or missing with the reason.
    pub layers: Layers,
    /// Points earned.
    pub score: Points,
    /// Points that can be earned.
    pub max_score: Points,
    /// Points that nobody has decided yet.
    pub undecided: Points,
    /// How long the grading took, in seconds.
    pub duration_s: f64,
    /// The exercises, in the order of the course.
    pub exercises: Vec<ExerciseRecord>,
    /// Files of the submission that were not taken.
    pub left_behind: Vec<String>,
}

/// One exercise of an attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExerciseRecord {
    /// Such as `exercise4`.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Points earned.
    pub score: Points,
    /// Points that can be earned.
    pub max_score: Points,
    /// Points that nobody has decided yet.
    pub undecided: Points,
    /// The graded questions.
    pub questions: Vec<QuestionRecord>,
}

/// One question of an attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionRecord {
    /// Such as `4.1`.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// The student's file.
    pub file: String,
    /// Points earned.
    pub score: Points,
    /// Points that can be earned.
    pub max_score: Points,
    /// Points that nobody has decided yet.
    pub undecided: Points,
    /// The checks, in the order of the catalogue.
    pub checks: Vec<CheckRecord>,
}

/// One check of an attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckRecord {
    /// Such as `4.1/speed`.
    pub id: String,
    /// How it was judged.
    pub kind: Kind,
    /// What a pass proves.
    pub proves: String,
    /// Whether only the instructor may see it.
    pub hidden: bool,
    /// Points that can be earned.
    pub points: Points,
    /// Points earned.
    pub earned: Points,
    /// The judgement.
    pub verdict: Verdict,
    /// Why, as a machine word.
    pub reason: Reason,
    /// Why, for the student.
    pub message: String,
    /// How long it took, in seconds.
    pub duration_s: f64,
    /// Where its raw numbers are, if it has any.
    pub evidence: Option<String>,
    /// Where its plots are, if it has any.
    pub plots: Option<String>,
}

impl CheckRecord {
    /// The record of a judged check.
    #[must_use]
    pub fn new(check: &Check, judged: &Judged) -> Self {
        let Judged { judgement, duration_s, evidence, plots } = judged;
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        Self {
            id: check.id.clone(),
            kind: check.kind,
            proves: check.proves.clone(),
            hidden: check.hidden,
            points: check.points,
            earned: judgement.earned(check.points),
            verdict: judgement.verdict,
            reason: judgement.reason,
            message: judgement.message.clone(),
            duration_s: *duration_s,
            evidence: path(evidence),
            plots: path(plots),
        }
    }

    /// Points of the check that nobody has decided yet.
    #[must_use]
    pub fn undecided(&self) -> Points {
        if self.verdict.is_undecided() { self.points } else { Points::ZERO }
    }
}

impl QuestionRecord {
    /// The record of a question, with its sums.
    #[must_use]
    pub fn new(question: &Question, checks: Vec<CheckRecord>) -> Self {
        Self {
            id: question.id.clone(),
            title: question.title.clone(),
            file: question.file.clone(),
            score: checks.iter().map(|check| check.earned).sum(),
            max_score: checks.iter().map(|check| check.points).sum(),
            undecided: checks.iter().map(CheckRecord::undecided).sum(),
            checks,
        }
    }
}

impl ExerciseRecord {
    /// The record of an exercise, with its sums.
    #[must_use]
    pub fn new(exercise: &Exercise, questions: Vec<QuestionRecord>) -> Self {
        Self {
            id: exercise.id.clone(),
            title: exercise.title.clone(),
            score: questions.iter().map(|question| question.score).sum(),
            max_score: questions.iter().map(|question| question.max_score).sum(),
            undecided: questions.iter().map(|question| question.undecided).sum(),
            questions,
        }
    }
}

impl Attempt {
    /// Reads a record that was written as JSON.
    ///
    /// # Errors
    /// When it is not a record, or is one of another version.
    pub fn read(json: &[u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Version {
            schema_version: u32,
        }
        let Version { schema_version } =
            serde_json::from_slice(json).map_err(|error| format!("not a record: {error}"))?;
        if schema_version != SCHEMA_VERSION {
            return Err(format!(
                "a record of version {schema_version}, this checker reads {SCHEMA_VERSION}"
            ));
        }
        serde_json::from_slice(json).map_err(|error| format!("a damaged record: {error}"))
    }

    /// The same with the paths of evidence and plots relative to `folder`, where
    /// the record is going to be.
    #[must_use]
    pub fn relative_to(mut self, folder: &Path) -> Self {
        let relative = |path: &mut Option<String>| {
            let from_folder = path.as_ref().and_then(|path| pathdiff::diff_paths(path, folder));
            if let Some(near) = from_folder {
                *path = Some(near.display().to_string());
            }
        };
        for exercise in &mut self.exercises {
            let checks = exercise.questions.iter_mut().flat_map(|question| &mut question.checks);
            checks.for_each(|check| {
                relative(&mut check.evidence);
                relative(&mut check.plots);
            });
        }
        self
    }

    /// Every check of the attempt.
    pub fn checks(&self) -> impl Iterator<Item = &CheckRecord> {
        self.exercises
            .iter()
            .flat_map(|exercise| &exercise.questions)
            .flat_map(|question| &question.checks)
    }

    /// Puts the sums of the exercises into the attempt.
    #[must_use]
    pub fn summed(self) -> Self {
        Self {
            score: self.exercises.iter().map(|exercise| exercise.score).sum(),
            max_score: self.exercises.iter().map(|exercise| exercise.max_score).sum(),
            undecided: self.exercises.iter().map(|exercise| exercise.undecided).sum(),
            ..self
        }
    }
}
