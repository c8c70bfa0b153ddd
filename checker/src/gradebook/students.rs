//! The students of a gradebook, with the attempts that their grades rest on.

use kit::error::UserError;
use rusqlite::{Connection, OptionalExtension, params};

use super::Gradebook;
use super::review::reviewed;
use crate::record::Attempt;

/// One student, as far as a class knows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Student {
    /// What tells them apart.
    pub id: String,
    /// What they are called; the id where nobody says.
    pub name: String,
    /// Their group, if there are any.
    pub team: String,
    /// The entry that they handed in; empty if there is none.
    pub source: String,
    /// Why nothing of it could be graded.
    pub refused: Option<String>,
    /// When it was handed in (RFC 3339), where somebody says so.
    pub submitted: Option<String>,
    /// Days more than others have.
    pub extension_days: u32,
}

/// A student with the grade that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Who it is.
    pub student: Student,
    /// The attempt that counts, once there is one.
    pub attempt: Option<Attempt>,
    /// What was graded last and is not taken over.
    pub proposed: Option<Attempt>,
}

impl Gradebook {
    /// Enters a student, or what changed of them.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn enter(&self, student: &Student) -> Result<(), UserError> {
        let Student { id, name, team, source, refused, submitted, extension_days } = student;
        let sql = "INSERT INTO student (id, name, team, source, refused, submitted, extension_days)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, team = excluded.team,
                 source = excluded.source, refused = excluded.refused,
                 submitted = excluded.submitted, extension_days = excluded.extension_days";
        let row = params![id, name, team, source, refused, submitted, extension_days];
        self.tables.execute(sql, row).map(drop).map_err(|error| self.refused(&error))
    }

    /// Writes a finished grading down: at once the student's, or proposed only.
    /// `content` identifies what was graded, and by what.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(
        &mut self,
        student: &str,
        content: &str,
        attempt: &Attempt,
        is_proposed: bool,
    ) -> Result<(), UserError> {
        let record = serde_json::to_string(attempt).unwrap_or_default();
        let write = |tables: &mut Connection| {
            let change = tables.transaction()?;
            // Of what is proposed only the latest counts.
            change.execute("DELETE FROM attempt WHERE student = ?1 AND is_proposed", [student])?;
            let same: Option<i64> = change
                .query_row(
                    "SELECT number FROM attempt WHERE student = ?1 AND content = ?2
                     AND number = (SELECT attempt FROM student WHERE id = ?1)",
                    [student, content],
                    |row| row.get(0),
                )
                .optional()?;
            match same {
                // The same again, with what was open decided.
                Some(number) => {
                    let sql = "UPDATE attempt SET record = ?2 WHERE number = ?1";
                    change.execute(sql, params![number, record])?;
                }
                None => {
                    change.execute(
                        "INSERT INTO attempt (student, content, graded_at, is_proposed, record)
                         VALUES (?1, ?2, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?3, ?4)",
                        params![student, content, is_proposed, record],
                    )?;
                    if !is_proposed {
                        let sql = "UPDATE student SET attempt = ?2 WHERE id = ?1";
                        change.execute(sql, params![student, change.last_insert_rowid()])?;
                    }
                }
            }
            change.commit()
        };
        write(&mut self.tables).map_err(|error| self.refused(&error))
    }

    /// Forgets what was proposed for a student, but for one of this `content`: a kit that
    /// was changed again has nothing to do with it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_proposals(&self, student: &str, but: Option<&str>) -> Result<(), UserError> {
        let sql = "DELETE FROM attempt WHERE student = ?1 AND is_proposed AND content IS NOT ?2";
        self.tables
            .execute(sql, params![student, but])
            .map(drop)
            .map_err(|error| self.refused(&error))
    }

    /// Takes over everything that is proposed, as a whole or not at all. Returns of
    /// how many students that was.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn take_over(&mut self) -> Result<usize, UserError> {
        let write = |tables: &mut Connection| {
            let change = tables.transaction()?;
            let count = change.execute(
                "UPDATE student SET attempt = (SELECT number FROM attempt
                     WHERE attempt.student = student.id AND is_proposed)
                 WHERE id IN (SELECT student FROM attempt WHERE is_proposed)",
                [],
            )?;
            change.execute("UPDATE attempt SET is_proposed = 0 WHERE is_proposed", [])?;
            change.commit()?;
            Ok(count)
        };
        write(&mut self.tables).map_err(|error: rusqlite::Error| self.refused(&error))
    }

    /// What a student's grade rests on, as it was said to [`Gradebook::finish`], and
    /// what is proposed.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn contents(&self, student: &str) -> Result<Vec<String>, UserError> {
        let sql = "SELECT content FROM attempt WHERE student = ?1 AND (is_proposed
             OR number = (SELECT attempt FROM student WHERE id = ?1))";
        let read = || {
            let mut select = self.tables.prepare_cached(sql)?;
            select.query_map([student], |row| row.get(0))?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.refused(&error))
    }

    /// The ids of all students, in their order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn students(&self) -> Result<Vec<String>, UserError> {
        let read = || {
            let mut select = self.tables.prepare("SELECT id FROM student ORDER BY id")?;
            select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.refused(&error))
    }

    /// One student with their grade.
    ///
    /// # Errors
    /// When the file cannot be read, or a record in it is damaged.
    pub fn standing(&self, id: &str) -> Result<Option<Standing>, UserError> {
        let sql = "SELECT name, team, source, refused, submitted, extension_days,
                 (SELECT record FROM attempt WHERE number = student.attempt),
                 (SELECT record FROM attempt WHERE attempt.student = student.id AND is_proposed)
             FROM student WHERE id = ?1";
        let read = || {
            self.tables.prepare_cached(sql)?.query_row([id], |row| {
                let student = Student {
                    id: id.to_owned(),
                    name: row.get(0)?,
                    team: row.get(1)?,
                    source: row.get(2)?,
                    refused: row.get(3)?,
                    submitted: row.get(4)?,
                    extension_days: row.get(5)?,
                };
                Ok((student, row.get::<_, Option<String>>(6)?, row.get::<_, Option<String>>(7)?))
            })
        };
        let Some((student, attempt, proposed)) =
            read().optional().map_err(|error| self.refused(&error))?
        else {
            return Ok(None);
        };
        let record = |text: Option<String>| {
            text.map(|text| Attempt::read(text.as_bytes())).transpose().map_err(|why| {
                UserError::new(
                    kit::exit_code::Exit::Bug,
                    format!("{}: the record of {id}: {why}", self.path.display()),
                    "grade this student again with `checker class`, or restore a copy",
                )
            })
        };
        let (answers, reviews) = (self.answers(id)?, self.reviews(id)?);
        let with_reviews = |text: Option<String>| {
            Ok::<_, UserError>(record(text)?.map(|one| reviewed(one, &answers, &reviews)))
        };
        let (attempt, proposed) = (with_reviews(attempt)?, with_reviews(proposed)?);
        Ok(Some(Standing { student, attempt, proposed }))
    }
}
