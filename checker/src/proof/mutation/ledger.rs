//! What became of each mutant, on disk: one line each, so that a run can be stopped
//! at any moment and resumed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// What the checks made of a mutant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It does not compile, so it is no mutant.
    Unviable,
    /// A check failed; the first of them.
    Caught(String),
    /// No check failed.
    Survived,
}

/// One line of the file.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    key: String,
    outcome: Outcome,
}

/// The file and what it holds.
#[derive(Debug)]
pub struct Ledger {
    file: PathBuf,
    outcomes: BTreeMap<String, Outcome>,
    /// Mutants that could not be graded; the next run tries again.
    open: BTreeSet<String>,
}

impl Ledger {
    /// Opens the file; one that is not there is an empty one. A line that was cut
    /// off when a run was stopped is left out.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(file: &Path) -> Result<Self> {
        let text = match std::fs::read_to_string(file) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            text => text.with_context(|| file.display().to_string())?,
        };
        let lines = text.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
        let outcomes = lines.map(|line| (line.key, line.outcome)).collect();
        Ok(Self { file: file.to_owned(), outcomes, open: BTreeSet::new() })
    }

    /// What became of the mutant with this key, if it was graded.
    #[must_use]
    pub fn of(&self, key: &str) -> Option<&Outcome> {
        self.outcomes.get(key)
    }

    /// Whether this run has nothing more to do with a mutant.
    #[must_use]
    pub fn is_settled(&self, key: &str) -> bool {
        self.outcomes.contains_key(key) || self.open.contains(key)
    }

    /// Gives a mutant up for this run.
    pub fn leave_open(&mut self, key: String) {
        self.open.insert(key);
    }

    /// Adds an outcome and writes it at once.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn push(&mut self, key: String, outcome: Outcome) -> Result<()> {
        let line = serde_json::to_string(&Line { key: key.clone(), outcome: outcome.clone() })?;
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.file)
            .with_context(|| self.file.display().to_string())?;
        // In front too: the last line may have been cut off.
        writeln!(file, "\n{line}").with_context(|| self.file.display().to_string())?;
        self.outcomes.insert(key, outcome);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Ledger, Outcome};

    #[test]
    fn what_was_written_is_there_again_and_half_a_line_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ledger.jsonl");
        let mut ledger = Ledger::open(&file).unwrap();
        ledger.push("a".to_owned(), Outcome::Caught("1.1/map".to_owned())).unwrap();
        ledger.push("b".to_owned(), Outcome::Survived).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, &text[..text.len() - 5]).unwrap();
        let mut ledger = Ledger::open(&file).unwrap();
        assert_eq!(ledger.of("a"), Some(&Outcome::Caught("1.1/map".to_owned())));
        assert_eq!(ledger.of("b"), None);
        assert!(ledger.is_settled("a") && !ledger.is_settled("b"));
        ledger.leave_open("b".to_owned());
        assert!(ledger.is_settled("b") && ledger.of("b").is_none());
        assert!(!Ledger::open(&file).unwrap().is_settled("b"));
        ledger.push("b".to_owned(), Outcome::Unviable).unwrap();
        assert_eq!(Ledger::open(&file).unwrap().of("b"), Some(&Outcome::Unviable));
    }
}
