//! The corpus: submissions whose mistakes are known, and honest odd ones.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use course::catalog::{Exercise, Kind, Question};
use course::verdict::Verdict;
use serde::Deserialize;

use super::graft::graft;
use super::{Findings, is_open, solution_files, told};
use crate::grade::Grading;
use crate::kit::Kit;
use crate::record::QuestionRecord;
use crate::submission::Taken;

/// Fewest known mistakes for each question.
const LEAST_MISTAKES: usize = 3;

/// `tests/submissions/exercise1.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default, rename = "submission")]
    submissions: Vec<Known>,
}

/// One submission of the corpus: the solution with some items replaced.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    /// Question, dash, words; also the name of its file.
    name: String,
    /// What is wrong with it.
    mistake: Option<String>,
    /// What is odd about it, where nothing is wrong.
    honest: Option<String>,
    /// The checks it loses, each with words that its student must read.
    #[serde(default)]
    loses: BTreeMap<String, String>,
    /// The checks that are left to a person, likewise.
    #[serde(default)]
    open: BTreeMap<String, String>,
    /// Checks on real threads, whose schedule may show the mistake or not.
    #[serde(default)]
    sometimes: Vec<String>,
}

/// How many submissions there are, and how many mistakes were caught.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Counts {
    pub mistakes: usize,
    pub caught: usize,
    pub honest: usize,
}

/// Grades the corpus of the chosen questions.
///
/// Submissions of different questions do not touch each other's files, so one
/// of each question is graded together: fewer builds for the same proof.
pub(super) fn verify(grading: &Grading<'_>, findings: &Findings) -> Result<Counts> {
    let mut counts = Counts::default();
    for exercise in &grading.kit.exercises {
        let questions = grading.selection.of(exercise);
        if questions.is_empty() {
            continue;
        }
        let table = read_table(grading.kit, exercise)?;
        check_table(exercise, &questions, &table, findings);
        let rounds = questions
            .iter()
            .map(|question| known_of(&table, question).len())
            .max()
            .unwrap_or_default();
        for round in 0..rounds {
            let batch: Vec<(&Question, &Known)> = questions
                .iter()
                .filter_map(|question| Some((*question, *known_of(&table, question).get(round)?)))
                .collect();
            verify_batch(grading, exercise, &batch, findings, &mut counts)?;
        }
    }
    Ok(counts)
}

fn read_table(kit: &Kit, exercise: &Exercise) -> Result<Table> {
    let path = kit.root.join("tests/submissions").join(format!("{}.toml", exercise.id));
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    toml::from_str(&text).with_context(|| path.display().to_string())
}

fn known_of<'a>(table: &'a Table, question: &Question) -> Vec<&'a Known> {
    let prefix = format!("{}-", question.id);
    table.submissions.iter().filter(|known| known.name.starts_with(&prefix)).collect()
}

fn check_table(exercise: &Exercise, questions: &[&Question], table: &Table, findings: &Findings) {
    for question in questions {
        let known = known_of(table, question);
        let mistakes = known.iter().filter(|known| known.mistake.is_some()).count();
        if mistakes < LEAST_MISTAKES {
            findings.wrong(format!(
                "question {} has {mistakes} known mistakes, {LEAST_MISTAKES} are needed",
                question.id
            ));
        }
        if known.iter().all(|known| known.honest.is_none()) {
            findings.wrong(format!("question {} has no honest odd submission", question.id));
        }
    }
    for known in &table.submissions {
        if known.mistake.is_some() == known.honest.is_some()
            || known.mistake.is_some() == known.loses.is_empty()
        {
            findings.wrong(format!(
                "{}: either a mistake that loses checks, or honest and loses none",
                known.name
            ));
        }
        let named = known.loses.keys().chain(known.open.keys()).chain(&known.sometimes);
        for check in named.filter(|id| exercise.checks().all(|check| check.id != **id)) {
            findings.wrong(format!("{}: there is no check {check}", known.name));
        }
    }
}

fn verify_batch(
    grading: &Grading<'_>,
    exercise: &Exercise,
    batch: &[(&Question, &Known)],
    findings: &Findings,
    counts: &mut Counts,
) -> Result<()> {
    let names: Vec<&str> = batch.iter().map(|(_, known)| known.name.as_str()).collect();
    (grading.progress)(&format!("submissions {}", names.join(", ")));
    let mut taken =
        Taken { files: solution_files(grading.kit, exercise)?, left_behind: Vec::new() };
    for (question, known) in batch {
        let folder = grading.kit.root.join("tests/submissions").join(&exercise.id);
        let path = folder.join(format!("{}.rs", known.name));
        let overlay = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let solution = taken.files.get(&question.file).map(Vec::as_slice).unwrap_or_default();
        let grafted =
            graft(std::str::from_utf8(solution)?, &overlay).with_context(|| known.name.clone())?;
        taken.files.insert(question.file.clone(), grafted.into_bytes());
    }
    let questions: Vec<&Question> = batch.iter().map(|(question, _)| *question).collect();
    let graded = grading.grade_exercise(exercise, &questions, Some(&taken))?;
    for ((_, known), record) in batch.iter().zip(&graded.record.questions) {
        let as_told = compare(known, record, findings);
        if known.honest.is_some() {
            counts.honest += 1;
        } else {
            counts.mistakes += 1;
            counts.caught += usize::from(as_told);
        }
    }
    Ok(())
}

/// Compares what a submission lost with what its table says.
fn compare(known: &Known, record: &QuestionRecord, findings: &Findings) -> bool {
    let mut as_told = true;
    for check in &record.checks {
        let words = known.loses.get(&check.id);
        let open = known.open.get(&check.id);
        let wrong = match (check.verdict, words) {
            (verdict, None) if let Some(words) = open => {
                let is_told = is_open(verdict) && check.message.contains(words.as_str());
                (!is_told).then(|| format!("{}; it must stay open", told(&known.name, check)))
            }
            (Verdict::Fail, None) if known.sometimes.contains(&check.id) => None,
            (Verdict::Pass, None) => None,
            (Verdict::NeedsReview, _) if check.kind == Kind::Manual => None,
            (verdict, _) if check.kind == Kind::Speed && is_open(verdict) => {
                findings.open(told(&known.name, check));
                None
            }
            (Verdict::Fail | Verdict::Partial, Some(words))
                if check.message.contains(words.as_str()) =>
            {
                None
            }
            (Verdict::Fail | Verdict::Partial, Some(words)) => {
                Some(format!("{}; its student must read `{words}`", told(&known.name, check)))
            }
            (Verdict::Pass, Some(_)) => {
                Some(format!("{}: {} was not caught", known.name, check.id))
            }
            (_, None) => Some(format!("{}; the table does not list it", told(&known.name, check))),
            (_, Some(_)) => Some(told(&known.name, check)),
        };
        if let Some(wrong) = wrong {
            findings.wrong(wrong);
            as_told = false;
        }
    }
    as_told
}
