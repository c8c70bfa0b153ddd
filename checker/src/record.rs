//! The record of one attempt: what the JSON holds and every report shows.

use course::catalog::{Check, Exercise, Kind, Question};
use course::points::Points;
use course::verdict::{Judgement, Reason, Verdict};
use serde::Serialize;

/// Version of the JSON record.
pub const SCHEMA_VERSION: u32 = 1;

/// Most characters of one message.
const MESSAGE_CAP: usize = 4000;

/// One grading of one submission.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    pub isolation: &'static str,
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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

/// A judged check, before it becomes part of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// What was decided.
    pub judgement: Judgement,
    /// How long it took, in seconds.
    pub duration_s: f64,
    /// Where its raw numbers are, if it has any.
    pub evidence: Option<String>,
    /// Where its plots are, if it has any.
    pub plots: Option<String>,
}

impl Judged {
    /// A judgement that took no time of its own.
    #[must_use]
    pub fn at_once(judgement: Judgement) -> Self {
        Self { judgement, duration_s: 0.0, evidence: None, plots: None }
    }
}

impl CheckRecord {
    /// The record of a judged check.
    #[must_use]
    pub fn new(check: &Check, judged: Judged) -> Self {
        let Judged { judgement, duration_s, evidence, plots } = judged;
        Self {
            id: check.id.clone(),
            kind: check.kind,
            proves: check.proves.clone(),
            hidden: check.hidden,
            points: check.points,
            earned: judgement.earned(check.points),
            verdict: judgement.verdict,
            reason: judgement.reason,
            message: clean(&judgement.message),
            duration_s,
            evidence,
            plots,
        }
    }

    fn undecided(&self) -> Points {
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

/// Student text as data: no control characters but line ends, and not too long.
fn clean(message: &str) -> String {
    let mut text: String = message
        .chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|&c| c == '\n' || !c.is_control())
        .take(MESSAGE_CAP + 1)
        .collect();
    if let Some((end, _)) = text.char_indices().nth(MESSAGE_CAP) {
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{MESSAGE_CAP, clean};

    #[test]
    fn messages_lose_control_characters_and_excess() {
        assert_eq!(clean("a\u{1b}[31mred\r\n\tb\0"), "a[31mred\n b");
        assert_eq!(clean(&"é".repeat(9000)).chars().count(), MESSAGE_CAP + 1);
    }
}
