//! The points that a person gave for an answer: they survive every re-grade, and are
//! marked as stale when the answer has changed.

use std::collections::BTreeMap;

use course::catalog::Kind;
use course::points::Points;
use course::verdict::{Reason, Verdict};
use kit::error::UserError;
use kit::files::hash;
use rusqlite::{Connection, params};

use super::Gradebook;
use crate::record::{Attempt, CheckRecord};

/// One decision of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Whose answer it was.
    pub student: String,
    /// The check, such as `4.1/answer`.
    pub check: String,
    /// What the answer's text was, as [`print_of`] gives it.
    pub answer: String,
    /// The points.
    pub points: Points,
    /// What the student is told.
    pub note: String,
}

/// What identifies the text of an answer.
#[must_use]
pub fn print_of(answer: &str) -> String {
    hash([("answer", answer.trim().as_bytes())])
}

impl Gradebook {
    /// The answers of a student by question, as they were handed in last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn answers(&self, student: &str) -> Result<BTreeMap<String, String>, UserError> {
        let read = || {
            let sql = "SELECT question, text FROM answer WHERE student = ?1";
            let mut select = self.tables.prepare_cached(sql)?;
            let rows = select.query_map([student], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<_>>()
        };
        read().map_err(|error| self.refused(&error))
    }

    /// Notes the answers of a student, in place of those before.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set_answers(
        &mut self,
        student: &str,
        answers: &BTreeMap<String, String>,
    ) -> Result<(), UserError> {
        let write = |tables: &mut Connection| {
            let change = tables.transaction()?;
            change.execute("DELETE FROM answer WHERE student = ?1", [student])?;
            for (question, text) in answers {
                let sql = "INSERT INTO answer (student, question, text) VALUES (?1, ?2, ?3)";
                change.execute(sql, [student, question, text])?;
            }
            change.commit()
        };
        write(&mut self.tables).map_err(|error: rusqlite::Error| self.refused(&error))
    }

    /// Stores decisions, all of them or none; a later one of the same check counts.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn review(&mut self, reviews: &[Review]) -> Result<(), UserError> {
        let write = |tables: &mut Connection| {
            let change = tables.transaction()?;
            for Review { student, check, answer, points, note } in reviews {
                change.execute(
                    "INSERT OR REPLACE INTO review (student, check_id, answer, hundredths, note, reviewed_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
                    params![student, check, answer, points.hundredths(), note],
                )?;
            }
            change.commit()
        };
        write(&mut self.tables).map_err(|error: rusqlite::Error| self.refused(&error))
    }

    /// The decisions about a student, by check.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reviews(&self, student: &str) -> Result<BTreeMap<String, Review>, UserError> {
        let read = || {
            let sql = "SELECT check_id, answer, hundredths, note FROM review WHERE student = ?1";
            let mut select = self.tables.prepare_cached(sql)?;
            let rows = select.query_map([student], |row| {
                let check: String = row.get(0)?;
                let review = Review {
                    student: student.to_owned(),
                    check: check.clone(),
                    answer: row.get(1)?,
                    points: Points::from_hundredths(row.get(2)?),
                    note: row.get(3)?,
                };
                Ok((check, review))
            })?;
            rows.collect::<rusqlite::Result<_>>()
        };
        read().map_err(|error| self.refused(&error))
    }
}

/// An attempt with what people have given for its answers. A decision about another
/// text than that of now is told and does not count.
#[must_use]
pub fn reviewed(
    mut attempt: Attempt,
    answers: &BTreeMap<String, String>,
    reviews: &BTreeMap<String, Review>,
) -> Attempt {
    if reviews.is_empty() {
        return attempt;
    }
    for exercise in &mut attempt.exercises {
        for question in &mut exercise.questions {
            let answer = answers.get(&question.id).map(|text| print_of(text));
            let waits = |check: &&mut CheckRecord| {
                check.kind == Kind::Manual && check.verdict == Verdict::NeedsReview
            };
            for check in question.checks.iter_mut().filter(waits) {
                if let Some(review) = reviews.get(&check.id) {
                    decide(check, review, answer.as_deref());
                }
            }
            question.score = question.checks.iter().map(|check| check.earned).sum();
            question.undecided = question.checks.iter().map(CheckRecord::undecided).sum();
        }
        exercise.score = exercise.questions.iter().map(|question| question.score).sum();
        exercise.undecided = exercise.questions.iter().map(|question| question.undecided).sum();
    }
    attempt.summed()
}

fn decide(check: &mut CheckRecord, review: &Review, answer: Option<&str>) {
    let Review { points, note, .. } = review;
    if answer != Some(&review.answer) {
        check.message = format!(
            "your answer has changed since a person gave {points} of {} for it; it is read again.",
            check.points
        );
        return;
    }
    check.earned = (*points).min(check.points);
    check.verdict = match check.earned {
        Points::ZERO => Verdict::Fail,
        earned if earned == check.points => Verdict::Pass,
        _ => Verdict::Partial,
    };
    check.reason = Reason::Reviewed;
    check.message.clone_from(note);
}
