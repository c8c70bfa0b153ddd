//! The results of a trial on disk: one line for each grading, so that a trial can be
//! stopped at any moment and resumed.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use course::catalog::SpeedThreshold;
use course::evidence::Gain;
use course::verdict::{Reason, Verdict};
use kit::error::UserError;
use kit::exit_code::Exit;
use serde::{Deserialize, Serialize};

use super::cell::Condition;
use crate::proof::known::Role;

/// One grading of one cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Grading {
    /// Hash of the sources that the verdict rests on.
    pub sources: String,
    /// The question, such as `4.1`.
    pub question: String,
    /// What else the machine did.
    pub condition: Condition,
    /// What is known of the submission.
    pub role: Role,
    /// Its name in the corpus.
    pub submission: String,
    /// What the question gains its speedup with.
    pub gain: Gain,
    /// What was asked.
    pub threshold: SpeedThreshold,
    /// Where the seeds came from.
    pub salt: u64,
    /// What was decided.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// Share of the reference's speedup, if any triple was accepted.
    pub share: Option<f64>,
    /// How long it took, in seconds.
    pub duration_s: f64,
    /// The raw numbers.
    pub evidence: PathBuf,
}

/// The file and what it holds.
#[derive(Debug)]
pub struct Ledger {
    file: PathBuf,
    /// All gradings so far.
    pub gradings: Vec<Grading>,
}

impl Ledger {
    /// Opens the results; a file that is not there is an empty one. `sources` is
    /// the hash of each question's sources as they are now.
    ///
    /// A last line that was cut off when the trial was stopped is dropped.
    ///
    /// # Errors
    /// When the file cannot be read, or holds something else, or results of
    /// other sources.
    pub fn open(file: &Path, sources: &BTreeMap<String, String>) -> Result<Self> {
        let mut ledger = Self::read(file)?;
        let is_other =
            |grading: &&Grading| sources.get(&grading.question) != Some(&grading.sources);
        if let Some(other) = ledger.gradings.iter().find(is_other) {
            let what = format!(
                "{}: holds results of question {} from before it was changed",
                file.display(),
                other.question
            );
            return Err(UserError::new(
                Exit::Usage,
                what,
                "name another file with --results, or remove these lines",
            )
            .into());
        }
        // Written anew, so that a line that was cut off does not spoil the next.
        let lines = std::mem::take(&mut ledger.gradings);
        let text: String = lines.iter().map(line).collect::<Result<_>>()?;
        std::fs::write(file, text).with_context(|| file.display().to_string())?;
        Ok(Self { gradings: lines, ..ledger })
    }

    /// Reads the results, of whatever kit.
    ///
    /// # Errors
    /// When the file cannot be read, or holds something else.
    pub fn read(file: &Path) -> Result<Self> {
        let text = match std::fs::read_to_string(file) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            text => text.with_context(|| file.display().to_string())?,
        };
        let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
        let gradings = whole
            .lines()
            .zip(1..)
            .map(|(line, number)| {
                serde_json::from_str(line).map_err(|error| {
                    UserError::new(
                        Exit::Usage,
                        format!("{}, line {number}: not a result: {error}", file.display()),
                        "name another file with --results",
                    )
                    .into()
                })
            })
            .collect::<Result<_>>()?;
        Ok(Self { file: file.to_owned(), gradings })
    }

    /// Adds a grading, on disk before it returns.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn push(&mut self, grading: Grading) -> Result<()> {
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .open(&self.file)
            .with_context(|| self.file.display().to_string())?;
        file.write_all(line(&grading)?.as_bytes())
            .with_context(|| self.file.display().to_string())?;
        self.gradings.push(grading);
        Ok(())
    }

    /// The gradings of one cell.
    pub fn of<'a>(
        &'a self,
        question: &'a str,
        condition: Condition,
        role: Role,
    ) -> impl Iterator<Item = &'a Grading> {
        self.gradings.iter().filter(move |grading| {
            grading.question == question && grading.condition == condition && grading.role == role
        })
    }
}

fn line(grading: &Grading) -> Result<String> {
    Ok(serde_json::to_string(grading)? + "\n")
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use course::catalog::SpeedThreshold;
    use course::evidence::Gain;
    use course::verdict::{Reason, Verdict};

    use super::{Grading, Ledger};
    use crate::proof::known::Role;
    use crate::trial::cell::Condition;

    pub fn grading(role: Role, condition: Condition, verdict: Verdict) -> Grading {
        Grading {
            sources: "abc".into(),
            question: "4.1".into(),
            condition,
            role,
            submission: "solution".into(),
            gain: Gain::Cores,
            threshold: SpeedThreshold { full: 0.85, half: 0.65 },
            salt: 1,
            verdict,
            reason: Reason::Proved,
            share: Some(0.98),
            duration_s: 1.5,
            evidence: PathBuf::new(),
        }
    }

    pub fn sources(hash: &str) -> BTreeMap<String, String> {
        BTreeMap::from([("4.1".to_owned(), hash.to_owned())])
    }

    #[test]
    fn results_survive_and_a_line_that_was_cut_off_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("trial.jsonl");
        let first = grading(Role::Good, Condition::Quiet, Verdict::Pass);
        let second = grading(Role::Poor, Condition::OneCpu, Verdict::NotMeasurable);
        let mut ledger = Ledger::open(&file, &sources("abc")).unwrap();
        ledger.push(first.clone()).unwrap();
        ledger.push(second.clone()).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, &text[..text.len() - 9]).unwrap();
        let mut again = Ledger::open(&file, &sources("abc")).unwrap();
        assert_eq!(again.gradings, std::slice::from_ref(&first));
        again.push(second.clone()).unwrap();
        assert_eq!(Ledger::open(&file, &sources("abc")).unwrap().gradings, [first, second]);
        let foreign = Ledger::open(&file, &sources("other")).unwrap_err().to_string();
        assert!(foreign.contains("question 4.1 from before"), "{foreign}");
        std::fs::write(&file, "{}\n").unwrap();
        assert!(Ledger::open(&file, &sources("abc")).unwrap_err().to_string().contains("line 1"));
    }
}
