//! Grades the corpus: known mistakes lose what their table says, honest odd
//! submissions lose nothing.

use anyhow::Result;
use course::catalog::{Exercise, Kind, Question};
use course::verdict::{Reason, Verdict};

use super::{Findings, Timed, is_open, told};
use crate::corpus::{Known, Role, Table, solution};
use crate::grade::Grading;
use crate::record::QuestionRecord;

/// Fewest known mistakes for each question.
const LEAST_MISTAKES: usize = 3;

/// How many submissions there are, how many mistakes were caught, and of how
/// many a timed check was to tell that was not measured or not decided.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Counts {
    pub mistakes: usize,
    pub caught: usize,
    pub undecided: usize,
    pub honest: usize,
}

/// How what a submission lost agrees with its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Agrees {
    Yes,
    No,
    /// In all but what no timed check decided.
    Undecided,
}

/// Grades the corpus of the chosen questions.
///
/// Submissions of different questions do not touch each other's files, so one
/// of each question is graded together: fewer builds for the same proof.
///
/// Submissions whose speed matters come first, so that their timed calls are
/// built and measured in a few rounds, and not at all in the others.
pub(super) fn verify(grading: &Grading<'_>, timed: Timed, findings: &Findings) -> Result<Counts> {
    let mut counts = Counts::default();
    for exercise in &grading.kit.exercises {
        let questions = grading.selection.of(exercise);
        if questions.is_empty() {
            continue;
        }
        let table = Table::read(grading.kit, exercise)?;
        check_table(exercise, &questions, &table, findings);
        let ordered: Vec<Vec<&Known>> = questions
            .iter()
            .map(|question| {
                let mut known = table.of(question);
                known.sort_by_key(|known| !speed_matters(question, known));
                known
            })
            .collect();
        let rounds = ordered.iter().map(Vec::len).max().unwrap_or_default();
        for round in 0..rounds {
            let batch: Vec<(&Question, &Known)> = questions
                .iter()
                .zip(&ordered)
                .filter_map(|(question, known)| Some((*question, *known.get(round)?)))
                .collect();
            let is_timed = match timed {
                Timed::Nothing => false,
                Timed::WhereItMatters => {
                    batch.iter().any(|(question, known)| speed_matters(question, known))
                }
                Timed::Everything => true,
            };
            // Once each: on a busy machine the corpus would take an hour, and what
            // was not decided is told.
            let grading = Grading { speed_attempts: u32::from(is_timed), ..*grading };
            verify_batch(&grading, exercise, &batch, findings, &mut counts)?;
        }
    }
    Ok(counts)
}

/// Whether a timed check says something about a submission: it names one, or
/// must lose nothing.
fn speed_matters(question: &Question, known: &Known) -> bool {
    question.checks.iter().filter(|check| check.kind == Kind::Speed).any(|check| {
        known.honest.is_some()
            || known.loses.contains_key(&check.id)
            || known.open.contains_key(&check.id)
            || known.sometimes.contains(&check.id)
    })
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
        let agrees = compare(known, record, grading.speed_attempts > 0, findings);
        if known.honest.is_some() {
            counts.honest += 1;
        } else {
            counts.mistakes += 1;
            counts.caught += usize::from(agrees == Agrees::Yes);
            counts.undecided += usize::from(agrees == Agrees::Undecided);
        }
    }
    Ok(())
}

/// Compares what a submission lost with what its table says.
fn compare(known: &Known, record: &QuestionRecord, is_timed: bool, findings: &Findings) -> Agrees {
    let mut agrees = Agrees::Yes;
    for check in &record.checks {
        let words = known.loses.get(&check.id);
        let open = known.open.get(&check.id);
        let is_undecided = check.kind == Kind::Speed && is_open(check.verdict);
        if is_undecided && words.is_some() && agrees == Agrees::Yes {
            agrees = Agrees::Undecided;
        }
        let wrong = match (check.verdict, words) {
            _ if check.reason == Reason::Skipped && !is_timed => None,
            (verdict, None) if let Some(words) = open => {
                let is_told = is_open(verdict) && check.message.contains(words.as_str());
                (!is_told).then(|| format!("{}; it must stay open", told(&known.name, check)))
            }
            (Verdict::Fail, None) if known.sometimes.contains(&check.id) => None,
            (Verdict::Pass, None) => None,
            (Verdict::NeedsReview, _) if check.kind == Kind::Manual => None,
            _ if is_undecided => {
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
            agrees = Agrees::No;
        }
    }
    agrees
}
