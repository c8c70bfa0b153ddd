//! What one reader may see of an attempt: the only thing that a form is made from.

use course::points::Points;
use sandbox::{Layers, Level};
use serde::{Deserialize, Serialize};

use super::text::{clean, clean_line};
use crate::record::{Attempt, CheckRecord, ExerciseRecord, QuestionRecord};

/// Who is going to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The one who handed in: all but the hidden checks.
    Student,
    /// Everything.
    Instructor,
    /// Anybody: points, and none of the student's text.
    Public,
}

/// An attempt for one reader. Sums are those of the attempt: what is not shown of
/// a question stands in [`QuestionView::hidden`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Version of the record.
    pub schema_version: u32,
    /// How the submission was named.
    pub submission: String,
    /// Content hash of the kit.
    pub kit: String,
    /// Where all seeds come from.
    pub salt: u64,
    /// The level that the student's code was isolated at.
    #[serde(rename = "isolation")]
    pub level: Level,
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
    pub exercises: Vec<ExerciseView>,
    /// Files of the submission that were not taken.
    pub left_behind: Vec<String>,
    /// How the course's policy comes to its score, line by line, where there is one.
    #[serde(skip)]
    pub derivation: Vec<String>,
}

/// One exercise of a view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExerciseView {
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
    pub questions: Vec<QuestionView>,
}

/// One question of a view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionView {
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
    /// The checks that this reader sees, in the order of the catalogue.
    pub checks: Vec<CheckRecord>,
    /// The checks that this reader does not see, added up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<Hidden>,
}

/// What is not shown, as sums.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    /// Points that can be earned.
    pub points: Points,
    /// Points earned.
    pub earned: Points,
    /// Points that nobody has decided yet.
    pub undecided: Points,
}

impl View {
    /// The level of isolation, and which of its layers this machine does without.
    #[must_use]
    pub fn isolation(&self) -> String {
        let missing: Vec<&str> = self.layers.missing().map(|(layer, _)| layer.name()).collect();
        match missing.is_empty() {
            true => self.level.to_string(),
            false => format!("{} (without {})", self.level, missing.join(", ")),
        }
    }

    /// The grade in a line.
    #[must_use]
    pub fn sum(&self) -> String {
        let open = match self.undecided.hundredths() {
            0 => String::new(),
            _ => format!("; {} are not decided yet", self.undecided),
        };
        format!("{} of {} points{open}", self.score, self.max_score)
    }

    /// What `reader` may see of an attempt.
    #[must_use]
    pub fn new(attempt: &Attempt, reader: Reader) -> Self {
        let left_behind = match reader {
            Reader::Public => Vec::new(),
            _ => attempt.left_behind.iter().map(|path| clean_line(path)).collect(),
        };
        Self {
            schema_version: attempt.schema_version,
            submission: clean_line(&attempt.submission),
            kit: attempt.kit.clone(),
            salt: attempt.salt,
            level: attempt.isolation,
            layers: attempt.layers.clone(),
            score: attempt.score,
            max_score: attempt.max_score,
            undecided: attempt.undecided,
            duration_s: attempt.duration_s,
            exercises: attempt.exercises.iter().map(|one| exercise(one, reader)).collect(),
            left_behind,
            derivation: Vec::new(),
        }
    }

    /// Every check that is shown, to change it.
    pub fn checks_mut(&mut self) -> impl Iterator<Item = &mut CheckRecord> {
        self.exercises
            .iter_mut()
            .flat_map(|exercise| &mut exercise.questions)
            .flat_map(|question| &mut question.checks)
    }

    /// Every check that is shown.
    pub fn checks(&self) -> impl Iterator<Item = &CheckRecord> {
        self.exercises
            .iter()
            .flat_map(|exercise| &exercise.questions)
            .flat_map(|question| &question.checks)
    }
}

fn exercise(record: &ExerciseRecord, reader: Reader) -> ExerciseView {
    ExerciseView {
        id: record.id.clone(),
        title: record.title.clone(),
        score: record.score,
        max_score: record.max_score,
        undecided: record.undecided,
        questions: record.questions.iter().map(|one| question(one, reader)).collect(),
    }
}

fn question(record: &QuestionRecord, reader: Reader) -> QuestionView {
    let (hidden, shown): (Vec<&CheckRecord>, Vec<&CheckRecord>) =
        record.checks.iter().partition(|check| check.hidden && reader != Reader::Instructor);
    let sums = Hidden {
        points: hidden.iter().map(|check| check.points).sum(),
        earned: hidden.iter().map(|check| check.earned).sum(),
        undecided: hidden.iter().map(|check| check.undecided()).sum(),
    };
    QuestionView {
        id: record.id.clone(),
        title: record.title.clone(),
        file: record.file.clone(),
        score: record.score,
        max_score: record.max_score,
        undecided: record.undecided,
        checks: shown.into_iter().map(|one| check(one, reader)).collect(),
        hidden: (!hidden.is_empty()).then_some(sums),
    }
}

fn check(record: &CheckRecord, reader: Reader) -> CheckRecord {
    let is_public = reader == Reader::Public;
    CheckRecord {
        message: if is_public { String::new() } else { clean(&record.message) },
        evidence: record.evidence.clone().filter(|_| !is_public),
        plots: record.plots.clone().filter(|_| !is_public),
        ..record.clone()
    }
}
