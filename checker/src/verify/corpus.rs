//! Grades the corpus: known mistakes lose what their table says, honest odd
//! submissions lose nothing.

use anyhow::Result;
use course::catalog::{Exercise, Kind, Question};
use course::verdict::Verdict;

use super::{Findings, is_open, told};
use crate::corpus::{Known, Role, Table, solution};
use crate::grade::Grading;
use crate::record::QuestionRecord;

/// Fewest known mistakes for each question.
const LEAST_MISTAKES: usize = 3;

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
        let table = Table::read(grading.kit, exercise)?;
        check_table(exercise, &questions, &table, findings);
        let rounds =
            questions.iter().map(|question| table.of(question).len()).max().unwrap_or_default();
        for round in 0..rounds {
            let batch: Vec<(&Question, &Known)> = questions
                .iter()
                .filter_map(|question| Some((*question, *table.of(question).get(round)?)))
                .collect();
            verify_batch(grading, exercise, &batch, findings, &mut counts)?;
        }
    }
    Ok(counts)
}

fn check_table(exercise: &Exercise, questions: &[&Question], table: &Table, findings: &Findings) {
    for question in questions {
        let known = table.of(question);
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
        let roles = [Role::Good, Role::Poor, Role::Sequential];
        let plays =
            roles.map(|role| known.iter().filter(|known| known.trial == Some(role)).count());
        // A question is in the trial with all of its parts, or not at all.
        if plays != [0; 3] && plays != [1; 3] {
            findings.wrong(format!(
                "question {}: the parts {roles:?} of the trial are played by {plays:?} submissions",
                question.id
            ));
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
    let mut taken = solution(grading.kit, exercise)?;
    for (question, known) in batch {
        known.lay_over(grading.kit, exercise, question, &mut taken)?;
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
