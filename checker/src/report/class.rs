//! A whole class in one report: a row for each student, a rate for each question and
//! check.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::Result;
use course::points::Points;
use course::verdict::Verdict;
use kit::files::hash;
use kit::text::{clean_line, not_decided};
use serde::Serialize;

use super::View;
use super::csv::guarded;
use crate::gradebook::Student;

pub use super::class_page::page;

/// Most different messages that are counted of one check.
const MESSAGES_CAP: usize = 200;

/// A class as one reader may see it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClassView {
    /// The students, in the order in which they were added.
    pub rows: Vec<Row>,
    /// The questions by id, as far as somebody was graded on them.
    pub questions: BTreeMap<String, QuestionRate>,
    /// The checks by id.
    pub checks: BTreeMap<String, CheckRate>,
}

/// One student of a class.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// What tells the student apart.
    pub id: String,
    /// What the student is called.
    pub name: String,
    /// The student's group.
    pub group: String,
    /// The name of the student's page.
    #[serde(skip)]
    pub page: String,
    /// Why nothing could be graded of what was handed in last.
    pub refused: Option<String>,
    /// The grade, once there is one.
    pub grade: Option<Grade>,
}

/// The sums of one student.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Grade {
    /// Points earned.
    pub score: Points,
    /// Points that can be earned.
    pub max_score: Points,
    /// Points that nobody has decided yet.
    pub undecided: Points,
    /// What the course's policy makes of it, of 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_policy: Option<Points>,
    /// Points earned of each question.
    pub questions: BTreeMap<String, Points>,
}

/// How a class did on one question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuestionRate {
    /// What it is about.
    pub title: String,
    /// Students that were graded on it.
    pub students: u32,
    /// Points of all students together.
    pub earned: u32,
    /// Points that they could have earned, in the same hundredths.
    pub most: u32,
}

/// How a class did on one check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckRate {
    /// What a pass proves.
    pub proves: String,
    /// Students that passed.
    pub passed: u32,
    /// Students that lost points.
    pub lost: u32,
    /// Students whose points are open.
    pub open: u32,
    /// The first lines that those read who lost points, with how many did.
    pub messages: BTreeMap<String, u32>,
}

impl ClassView {
    /// Adds a student, with the grade as the reader of this report may see it.
    pub fn add(&mut self, student: &Student, view: Option<&View>, by_policy: Option<Points>) {
        for question in view.iter().flat_map(|view| &view.exercises).flat_map(|e| &e.questions) {
            let rate = self.questions.entry(question.id.clone()).or_default();
            rate.title.clone_from(&question.title);
            rate.students += 1;
            rate.earned += question.score.hundredths();
            rate.most += question.max_score.hundredths();
            for check in &question.checks {
                let rate = self.checks.entry(check.id.clone()).or_default();
                rate.proves.clone_from(&check.proves);
                match check.verdict {
                    Verdict::Pass => rate.passed += 1,
                    Verdict::Partial | Verdict::Fail => {
                        rate.lost += 1;
                        let line = check.message.lines().next().unwrap_or_default();
                        if rate.messages.len() < MESSAGES_CAP || rate.messages.contains_key(line) {
                            *rate.messages.entry(line.to_owned()).or_default() += 1;
                        }
                    }
                    _ => rate.open += 1,
                }
            }
        }
        let grade = view.map(|view| {
            let questions = view.exercises.iter().flat_map(|exercise| &exercise.questions);
            Grade {
                score: view.score,
                max_score: view.max_score,
                undecided: view.undecided,
                by_policy,
                questions: questions.map(|one| (one.id.clone(), one.score)).collect(),
            }
        });
        self.rows.push(Row {
            id: clean_line(&student.id),
            name: clean_line(&student.name),
            group: clean_line(&student.team),
            page: page_name(&student.id),
            refused: student.refused.as_deref().map(clean_line),
            grade,
        });
    }
}

impl Row {
    /// What is to be said of this student's grade: nothing if all is well.
    #[must_use]
    pub fn note(&self) -> String {
        match (&self.refused, &self.grade) {
            (Some(why), Some(_)) => format!("an earlier grade; the last submission: {why}"),
            (Some(why), None) => why.clone(),
            (None, None) => "not graded yet".to_owned(),
            (None, Some(grade)) if grade.undecided.hundredths() > 0 => not_decided(grade.undecided),
            (None, Some(_)) => String::new(),
        }
    }
}

/// The name of a student's page, which no student chooses.
#[must_use]
pub fn page_name(id: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let shown: String = id.chars().take(32).map(safe).collect();
    format!("{shown}-{}.html", &hash([("id", id.as_bytes())])[..8])
}

/// A class as a table for the terminal.
#[must_use]
pub fn table(view: &ClassView) -> String {
    let mut text = String::new();
    let width = |cell: fn(&Row) -> &str| {
        view.rows.iter().map(|row| cell(row).chars().count()).max().unwrap_or(0).min(40)
    };
    let (id, name) = (width(|row| &row.id), width(|row| &row.name));
    for row in &view.rows {
        let sum = row.grade.as_ref().map_or_else(
            || "-".to_owned(),
            |grade| format!("{} of {}", grade.score, grade.max_score),
        );
        let line = format!("{:id$}  {:name$}  {sum:>14}  {}", row.id, row.name, row.note());
        writeln!(text, "{}", line.trim_end()).unwrap_or_default();
    }
    text
}

/// A class as JSON: a list of its rows.
///
/// # Errors
/// Never: rows are plain data.
pub fn json(view: &ClassView) -> Result<String> {
    Ok(serde_json::to_string_pretty(&view.rows)? + "\n")
}

/// A class as CSV: a row for each student, a column for each question. A grade that is
/// not there is an empty cell, never a zero.
///
/// # Errors
/// Never: it is written into memory.
pub fn csv(view: &ClassView) -> Result<String> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    let fixed = ["id", "name", "group", "score", "max_score", "undecided"].map(str::to_owned);
    let has_policy = |row: &Row| row.grade.as_ref().is_some_and(|one| one.by_policy.is_some());
    let is_derived = view.rows.iter().any(has_policy);
    let policy = is_derived.then(|| "score_by_policy".to_owned());
    let header = fixed.into_iter().chain(policy).chain(view.questions.keys().cloned());
    rows.write_record(header.chain(["note".to_owned()]))?;
    for row in &view.rows {
        let who = [&row.id, &row.name, &row.group].map(|cell| guarded(cell).into_owned());
        let points = |of: &dyn Fn(&Grade) -> Option<Points>| {
            row.grade.as_ref().and_then(of).map(|points| points.to_string()).unwrap_or_default()
        };
        let sums = [
            points(&|grade| Some(grade.score)),
            points(&|grade| Some(grade.max_score)),
            points(&|grade| Some(grade.undecided)),
        ];
        let questions =
            view.questions.keys().map(|id| points(&|grade| grade.questions.get(id).copied()));
        let note = guarded(&row.note()).into_owned();
        let policy = is_derived.then(|| points(&|grade| grade.by_policy));
        rows.write_record(
            who.into_iter().chain(sums).chain(policy).chain(questions).chain([note]),
        )?;
    }
    Ok(String::from_utf8(rows.into_inner()?)?)
}

#[cfg(test)]
mod tests {
    use super::{ClassView, csv, page, page_name, table};
    use crate::gradebook::Student;
    use crate::report::tests::attempt;
    use crate::report::{Reader, View};

    const NAMES: [&str; 4] =
        ["=HYPERLINK(\"x\")", "Ana \"x\", ; O'Neil", "<script>alert(1)</script>", "张伟"];

    fn class(reader: Reader) -> ClassView {
        let mut class = ClassView::default();
        for name in NAMES {
            let student = Student { id: name.into(), name: name.into(), ..Student::default() };
            class.add(&student, Some(&View::new(&attempt(), reader)), None);
        }
        let refused = Some("the archive is damaged\n::error::x".to_owned());
        class.add(&Student { id: "bo".into(), refused, ..Student::default() }, None, None);
        class
    }

    #[test]
    fn names_are_data_in_every_form() {
        let class = class(Reader::Instructor);
        let text = csv(&class).unwrap();
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 5, "{text}");
        for (row, name) in rows.iter().zip(NAMES) {
            assert_eq!(row[0].trim_start_matches('\''), name);
            assert!(!row[0].starts_with('='), "{text}");
        }
        assert_eq!(&rows[4][3], "", "no grade is no zero");
        let page = page(&class);
        assert!(!page.contains("<script") && page.contains("&lt;script&gt;"), "{page}");
        assert_eq!(table(&class).lines().count(), 5);
    }

    #[test]
    fn a_hidden_check_is_the_instructors_alone() {
        let hidden = |reader| class(reader).checks.contains_key("9.1/trap");
        assert!(hidden(Reader::Instructor) && !hidden(Reader::Student) && !hidden(Reader::Public));
    }

    #[test]
    fn a_page_has_a_name_that_nobody_chooses() {
        let names = ["../../x", "x/y", "张伟", "张", "", "CON", "a.b"].map(page_name);
        for (at, name) in names.iter().enumerate() {
            assert!(!name.contains(['/', '\\']) && !name.starts_with('.'), "{name}");
            assert!(!names[at + 1..].contains(name));
        }
    }
}
