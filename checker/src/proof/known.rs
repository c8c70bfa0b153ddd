//! The corpus on disk: submissions whose mistakes are known, and honest odd
//! ones, each as the few items that differ from the solution.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use course::catalog::{Exercise, Question};
use kit::Kit;
use kit::error::UserError;
use kit::exit_code::Exit;
use kit::files::hash;
use serde::{Deserialize, Serialize};

use super::change::{self, Change};
use super::contract::Unbroken;
use super::graft::graft;
use crate::intake::{StudentFiles, student_files};

/// `tests/submissions/exercise1.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The submissions, in the order in which they are graded.
    #[serde(default, rename = "submission")]
    pub submissions: Vec<Known>,
    /// Sentences of the contracts that no submission can break.
    #[serde(default)]
    pub unbroken: Vec<Unbroken>,
}

/// One submission of the corpus: the solution with some changes, or with the items of
/// a file of its own in place of the solution's.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Question, dash, words; also the name of its file, where it has no changes.
    pub name: String,
    /// What is wrong with it.
    pub mistake: Option<String>,
    /// The sentences of the contract that it breaks, or parts of them.
    #[serde(default)]
    pub breaks: Vec<String>,
    /// What is odd about it, where nothing is wrong.
    pub honest: Option<String>,
    /// The checks it loses, each with words that its student must read.
    #[serde(default)]
    pub loses: BTreeMap<String, String>,
    /// The checks that are left to a person, likewise.
    #[serde(default)]
    pub open: BTreeMap<String, String>,
    /// Checks on real threads, whose schedule may show the mistake or not.
    #[serde(default)]
    pub sometimes: Vec<String>,
    /// The part it plays in the trial of the speed verdicts, if any.
    pub trial: Option<Role>,
    /// What is not the solution's.
    #[serde(default)]
    pub changes: Vec<Change>,
}

/// What is known beforehand about the speed of a submission of the trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The reference solution.
    Reference,
    /// Another right one.
    Good,
    /// Below the line for full points, mostly at about 0.8 of it.
    Poor,
    /// One thread, one piece after another.
    Sequential,
}

impl Table {
    /// Reads the table of an exercise.
    ///
    /// # Errors
    /// When it cannot be read or understood.
    pub fn read(kit: &Kit, exercise: &Exercise) -> Result<Self> {
        let path = kit.root.join("tests/submissions").join(format!("{}.toml", exercise.id));
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        toml::from_str(&text).with_context(|| path.display().to_string())
    }

    /// Leaves at most `most` mistakes of each question, and a fifth as many honest
    /// submissions, rounded up; `salt` says which.
    pub fn thin_out(&mut self, most: usize, salt: &str) {
        let rank = |known: &Known| hash([(salt, known.name.as_bytes())]);
        let kind = |known: &Known| (known.question().to_owned(), known.honest.is_some());
        let mut ranks: BTreeMap<(String, bool), Vec<String>> = BTreeMap::new();
        for known in &self.submissions {
            ranks.entry(kind(known)).or_default().push(rank(known));
        }
        for ((_, is_honest), ranks) in &mut ranks {
            ranks.sort();
            ranks.truncate(if *is_honest { most.div_ceil(5) } else { most });
        }
        self.submissions.retain(|known| ranks[&kind(known)].contains(&rank(known)));
    }

    /// The submissions of one question.
    #[must_use]
    pub fn of(&self, question: &Question) -> Vec<&Known> {
        self.submissions.iter().filter(|known| known.question() == question.id).collect()
    }
}

impl Known {
    /// The question, which its name begins with.
    fn question(&self) -> &str {
        self.name.split('-').next().unwrap_or_default()
    }

    /// Lays the submission over `student`, which holds the solution's files.
    ///
    /// # Errors
    /// When a change does not fit the solution; when its file cannot be read, or is no
    /// Rust source.
    pub fn lay_over(
        &self,
        kit: &Kit,
        exercise: &Exercise,
        question: &Question,
        student: &mut StudentFiles,
    ) -> Result<()> {
        let solution = student.files.get(&question.file).map(Vec::as_slice).unwrap_or_default();
        let solution = std::str::from_utf8(solution)?;
        let text = if self.changes.is_empty() {
            let folder = kit.root.join("tests/submissions").join(&exercise.id);
            let path = folder.join(format!("{}.rs", self.name));
            let overlay =
                std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            graft(solution, &overlay)
        } else {
            change::apply(solution, &self.changes)
        };
        let text = text.with_context(|| self.name.clone())?;
        student.files.insert(question.file.clone(), text.into_bytes());
        Ok(())
    }
}

/// Files of an exercise in `solutions/`, as if a student had handed them in.
///
/// # Errors
/// When they cannot be read.
pub fn solution(kit: &Kit, exercise: &Exercise) -> Result<StudentFiles> {
    let folder = kit.root.join("solutions").join(&exercise.id);
    let files = student_files(kit, exercise, &folder)?.files;
    Ok(StudentFiles { files, ..StudentFiles::default() })
}

/// The questions whose known submissions have these names.
///
/// # Errors
/// When a table cannot be read, or no submission has one of the names.
pub fn questions_of(kit: &Kit, names: &[String]) -> Result<Vec<String>> {
    let mut questions = BTreeMap::new();
    for exercise in &kit.exercises {
        for known in Table::read(kit, exercise)?.submissions {
            questions.insert(known.name.clone(), known.question().to_owned());
        }
    }
    let question = |name: &String| {
        questions.get(name).cloned().ok_or_else(|| {
            let what = format!("no known submission is called {name}");
            UserError::new(Exit::Usage, what, "`tests/submissions/*.toml` have the names").into()
        })
    };
    names.iter().map(question).collect()
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_sample_has_so_many_mistakes_of_each_question_and_a_fifth_of_honest_ones() {
        let known = |question: u8, n: u8, what: &str| {
            format!("[[submission]]\nname = \"1.{question}-{n}\"\n{what} = \"so\"\n")
        };
        let mut text = String::new();
        for question in 1..=2 {
            (0..9).for_each(|n| text += &known(question, n, "mistake"));
            (10..14).for_each(|n| text += &known(question, n, "honest"));
        }
        let sampled = |most, salt: &str| -> Vec<String> {
            let mut table: Table = toml::from_str(&text).unwrap();
            table.thin_out(most, salt);
            table.submissions.into_iter().map(|known| known.name).collect()
        };
        let names = sampled(3, "a kit");
        assert_eq!(names, sampled(3, "a kit"));
        assert!((0..20).any(|n| sampled(3, &n.to_string()) != names));
        for question in ["1.1-", "1.2-"] {
            let count = names.iter().filter(|name| name.starts_with(question)).count();
            assert_eq!(count, 3 + 1);
        }
        assert_eq!(sampled(9, "a kit").len(), 2 * (9 + 2));
    }
}
