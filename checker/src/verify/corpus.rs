//! Grades the corpus: known mistakes lose what their table says, honest odd
//! submissions lose nothing.

use std::collections::BTreeMap;

use anyhow::Result;
use course::catalog::{Check, Exercise, Kind, Question};
use course::spread::{cores, spread};
use course::verdict::Verdict;

use super::{Findings, Timed, is_open, told};
use crate::compile::build_timed;
use crate::corpus::{Known, Role, Table, solution};
use crate::grade::Grading;
use crate::record::CheckRecord;
use crate::speed_check::{SpeedRun, run_speed};
use crate::submission::Taken;

/// Fewest known mistakes for each question.
const LEAST_MISTAKES: usize = 3;

/// How many submissions there are, how many mistakes were caught, and of how
/// many a timed check was to tell that was not measured or not decided.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    pub mistakes: usize,
    pub caught: usize,
    pub undecided: usize,
    pub honest: usize,
}

/// How what a submission lost agrees with its table; the worst comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Agrees {
    Yes,
    /// In all but what no timed check decided.
    Undecided,
    No,
}

/// Submissions of different questions that are graded together: they do not
/// touch each other's files, and one build serves them all.
type Round<'a> = Vec<(&'a Question, &'a Known)>;

/// What was found of some submissions.
type Found<'a> = Vec<(&'a Known, Agrees)>;

/// Grades the corpus of the chosen questions.
///
/// First all but the timed checks. The submissions of one exercise are graded
/// one after another, as they share its folder, and the exercises beside each
/// other: one is built while the checks of another wait for a mistake to show.
/// Then what is timed, which has the machine for itself.
pub(super) fn verify(grading: &Grading<'_>, timed: Timed, findings: &Findings) -> Result<Counts> {
    let mut tables = Vec::new();
    for exercise in &grading.kit.exercises {
        let questions = grading.selection.of(exercise);
        if !questions.is_empty() {
            let table = Table::read(grading.kit, exercise)?;
            check_table(exercise, &questions, &table, findings);
            tables.push((exercise, questions, table));
        }
    }
    let mut found = grade_all(grading, &tables, findings)?;
    for (exercise, questions, table) in &tables {
        let is_measured = |question: &Question, known: &Known| match timed {
            Timed::Nothing => false,
            Timed::WhereItMatters => speed_matters(question, known),
            Timed::Everything => speed_checks(question).next().is_some(),
        };
        for round in rounds(questions, table, is_measured) {
            found.extend(measure_round(grading, exercise, &round, findings)?);
        }
        // What is not measured decides nothing.
        for question in questions {
            let known = table.of(question).into_iter();
            let left_out = known.filter(|known| !is_measured(question, known));
            found.extend(
                left_out
                    .filter(|known| {
                        speed_checks(question).any(|check| known.loses.contains_key(&check.id))
                    })
                    .map(|known| (known, Agrees::Undecided)),
            );
        }
    }
    Ok(count(&found))
}

/// Grades all rounds of all exercises without their timed checks.
fn grade_all<'a>(
    grading: &Grading<'_>,
    tables: &'a [(&Exercise, Vec<&'a Question>, Table)],
    findings: &Findings,
) -> Result<Found<'a>> {
    let grading = Grading { speed_attempts: 0, ..*grading };
    let all: Vec<(&Exercise, Vec<Round<'_>>)> = tables
        .iter()
        .map(|(exercise, questions, table)| (*exercise, rounds(questions, table, |_, _| true)))
        .collect();
    let most = all.iter().map(|(_, rounds)| rounds.len()).max().unwrap_or_default();
    let mut graded = Vec::new();
    spread(
        &all,
        cores(),
        |(_, rounds)| rounds.len() == most,
        |(exercise, rounds)| {
            let found = rounds.iter().map(|round| grade_round(&grading, exercise, round, findings));
            found.collect::<Result<Vec<_>>>()
        },
        |_, found| graded.push(found),
    );
    let graded: Vec<Vec<Found<'_>>> = graded.into_iter().collect::<Result<_>>()?;
    Ok(graded.into_iter().flatten().flatten().collect())
}

/// Counts each submission once, by the worst that was found of it.
fn count(found: &[(&Known, Agrees)]) -> Counts {
    let mut worst: BTreeMap<&str, (&Known, Agrees)> = BTreeMap::new();
    for &(known, agrees) in found {
        let entry = worst.entry(&known.name).or_insert((known, agrees));
        entry.1 = entry.1.max(agrees);
    }
    let mut counts = Counts::default();
    for (known, agrees) in worst.into_values() {
        if known.honest.is_some() {
            counts.honest += 1;
        } else {
            counts.mistakes += 1;
            counts.caught += usize::from(agrees == Agrees::Yes);
            counts.undecided += usize::from(agrees == Agrees::Undecided);
        }
    }
    counts
}

/// Rounds with one submission of each question, as long as there are any that
/// are wanted.
fn rounds<'a>(
    questions: &[&'a Question],
    table: &'a Table,
    is_wanted: impl Fn(&Question, &Known) -> bool,
) -> Vec<Round<'a>> {
    let wanted = questions.iter().map(|&question| {
        let known = table.of(question).into_iter().filter(|known| is_wanted(question, known));
        (question, known.collect::<Vec<_>>())
    });
    let wanted: Vec<_> = wanted.collect();
    let count = wanted.iter().map(|(_, known)| known.len()).max().unwrap_or_default();
    (0..count)
        .map(|round| {
            let known = wanted.iter().map(|(question, known)| (*question, known.get(round)));
            known.filter_map(|(question, known)| Some((question, *known?))).collect()
        })
        .collect()
}

fn speed_checks(question: &Question) -> impl Iterator<Item = &Check> {
    question.checks.iter().filter(|check| check.kind == Kind::Speed)
}

/// Whether a timed check says something about a submission: it names one, or
/// must lose nothing.
fn speed_matters(question: &Question, known: &Known) -> bool {
    speed_checks(question).any(|check| {
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

/// The solution's files with those of a round laid over them.
fn taken_of(grading: &Grading<'_>, exercise: &Exercise, round: &Round<'_>) -> Result<Taken> {
    let mut taken = solution(grading.kit, exercise)?;
    for (question, known) in round {
        known.lay_over(grading.kit, exercise, question, &mut taken)?;
    }
    Ok(taken)
}

fn names_of(round: &Round<'_>) -> String {
    round.iter().map(|(_, known)| known.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Grades a round without its timed checks.
fn grade_round<'a>(
    grading: &Grading<'_>,
    exercise: &Exercise,
    round: &Round<'a>,
    findings: &Findings,
) -> Result<Found<'a>> {
    (grading.progress)(&format!("submissions {}", names_of(round)));
    let taken = taken_of(grading, exercise, round)?;
    let questions: Vec<&Question> = round.iter().map(|(question, _)| *question).collect();
    let graded = grading.grade_exercise(exercise, &questions, Some(&taken))?;
    let records = round.iter().zip(&graded.record.questions);
    Ok(records
        .map(|((_, known), record)| {
            let checks = record.checks.iter().filter(|check| check.kind != Kind::Speed);
            (*known, compare(known, checks, findings))
        })
        .collect())
}

/// Measures the timed checks of a round. Once each: on a busy machine the corpus
/// would take an hour, and what was not decided is told.
fn measure_round<'a>(
    grading: &Grading<'_>,
    exercise: &Exercise,
    round: &Round<'a>,
    findings: &Findings,
) -> Result<Found<'a>> {
    (grading.progress)(&format!("timed: {}", names_of(round)));
    let taken = taken_of(grading, exercise, round)?;
    let wanted = round.iter().map(|(question, _)| question.id.clone()).collect();
    let arm = match build_timed(grading.kit, grading.stage, exercise, &taken, wanted)? {
        Ok(arm) => arm,
        Err(errors) => {
            let names = names_of(round);
            findings.wrong(format!("the timed calls of {names} do not compile:\n{errors}"));
            return Ok(round.iter().map(|(_, known)| (*known, Agrees::No)).collect());
        }
    };
    let evidence = grading.evidence_folder(&taken)?;
    let run =
        SpeedRun { arm: &arm, kit: &grading.kit.hash, salt: grading.salt, evidence: &evidence };
    let mut found = Vec::new();
    for (question, known) in round {
        for check in speed_checks(question) {
            let record = CheckRecord::new(check, run_speed(check, run, 1, grading.progress));
            found.push((*known, compare(known, [&record], findings)));
        }
    }
    Ok(found)
}

/// Compares what a submission lost in some checks with what its table says.
fn compare<'a>(
    known: &Known,
    checks: impl IntoIterator<Item = &'a CheckRecord>,
    findings: &Findings,
) -> Agrees {
    let mut agrees = Agrees::Yes;
    for check in checks {
        let words = known.loses.get(&check.id);
        let open = known.open.get(&check.id);
        let is_undecided = check.kind == Kind::Speed && is_open(check.verdict);
        if is_undecided && words.is_some() && agrees == Agrees::Yes {
            agrees = Agrees::Undecided;
        }
        let wrong = match (check.verdict, words) {
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

#[cfg(test)]
mod tests {
    use super::{Agrees, Counts, count};
    use crate::corpus::{Known, Table};

    fn known(toml: &str) -> Vec<Known> {
        toml::from_str::<Table>(toml).unwrap().submissions
    }

    #[test]
    fn a_submission_counts_once_with_the_worst_that_was_found_of_it() {
        let all = known(
            r#"
            submission = [
                { name = "1.1-a", mistake = "caught" },
                { name = "1.1-b", mistake = "not decided" },
                { name = "1.1-c", mistake = "not caught" },
                { name = "1.1-d", honest = "odd" },
            ]"#,
        );
        let [a, b, c, d] = &all[..] else { panic!("four") };
        let (yes, undecided, no) = (Agrees::Yes, Agrees::Undecided, Agrees::No);
        let found =
            [(a, yes), (b, undecided), (c, no), (d, yes), (a, yes), (b, yes), (c, undecided)];
        let want = Counts { mistakes: 3, caught: 1, undecided: 1, honest: 1 };
        assert_eq!(count(&found), want);
        let mut backwards = found;
        backwards.reverse();
        assert_eq!(count(&backwards), want);
        assert_eq!(count(&[]), Counts::default());
    }
}
