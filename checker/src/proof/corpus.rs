//! Grades the corpus: known mistakes lose what their table says, honest odd
//! submissions lose nothing.

use std::collections::BTreeMap;
use std::sync::Mutex;

use anyhow::Result;
use course::catalog::{Check, Exercise, Kind, Question};
use course::verdict::Verdict;
use supervise::cores;
use supervise::queue::spread;

use super::known::{Known, Role, Table, solution};
use super::{Extent, Findings, Timed, grade_exercise, held, is_open, of_question, told};
use crate::grade::Grading;
use crate::grade::event::Event;
use crate::grade::timed_run::TimedRun;
use crate::intake::StudentFiles;
use crate::record::CheckRecord;
use crate::workspace::program::{Build, DEADLINE, Program, build};
use crate::workspace::{Place, Plan, Stage};

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
pub(super) fn verify(
    grading: &Grading<'_>,
    stage: &mut Stage,
    timed: Timed,
    extent: &Extent,
    findings: &Findings,
) -> Result<Counts> {
    let mut tables = Vec::new();
    for place in stage.places(grading.kit) {
        let questions = grading.selection.of(place.exercise);
        if !questions.is_empty() {
            let mut table = Table::read(grading.kit, place.exercise)?;
            check_table(place.exercise, &questions, &table, findings);
            // Also those that a sample leaves out.
            let student = solution(grading.kit, place.exercise)?;
            for &question in &questions {
                for known in table.of(question) {
                    known.lay_over(grading.kit, place.exercise, question, &mut student.clone())?;
                }
            }
            match extent {
                Extent::All => (),
                Extent::Sample(most) => table.thin_out(*most, &grading.kit.hash),
                Extent::Named(names) => {
                    table.submissions.retain(|known| names.contains(&known.name));
                }
            }
            tables.push((Mutex::new(place), questions, table));
        }
    }
    let mut found = match timed {
        Timed::Alone => Found::new(),
        _ => grade_all(grading, &tables, findings)?,
    };
    for (place, questions, table) in &tables {
        let place = &mut held(place);
        let is_measured = |question: &Question, known: &Known| match timed {
            Timed::Nothing => false,
            Timed::WhereItMatters | Timed::Alone => speed_matters(question, known),
            Timed::Everything => speed_checks(question).next().is_some(),
        };
        for round in rounds(questions, table, is_measured) {
            found.extend(measure_round(grading, place, &round, findings)?);
        }
        if timed == Timed::Alone {
            continue;
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
    tables: &'a [(Mutex<Place<'_>>, Vec<&'a Question>, Table)],
    findings: &Findings,
) -> Result<Found<'a>> {
    let grading = Grading { timed: None, ..*grading };
    let all: Vec<(&Mutex<Place<'_>>, Vec<Round<'_>>)> = tables
        .iter()
        .map(|(place, questions, table)| (place, rounds(questions, table, |_, _| true)))
        .collect();
    let mut graded = Vec::new();
    spread(
        &all,
        // One more than there are cores: much of the time a check waits for what a
        // mistake keeps from coming.
        cores() + 1,
        // Where threads share something, a mistake shows when somebody has waited.
        |(place, _)| !held(place).exercise.checks().any(|check| check.kind == Kind::Schedule),
        |(place, rounds)| {
            let place = &mut held(place);
            let found = rounds.iter().map(|round| grade_round(&grading, place, round, findings));
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
fn files_of(place: &Place<'_>, round: &Round<'_>) -> Result<StudentFiles> {
    let mut student = solution(place.kit, place.exercise)?;
    for (question, known) in round {
        known.lay_over(place.kit, place.exercise, question, &mut student)?;
    }
    Ok(student)
}

fn names_of(round: &Round<'_>) -> String {
    round.iter().map(|(_, known)| known.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Grades a round without its timed checks.
fn grade_round<'a>(
    grading: &Grading<'_>,
    place: &mut Place<'_>,
    round: &Round<'a>,
    findings: &Findings,
) -> Result<Found<'a>> {
    grading.listeners.hear(&Event::Progress(&format!("submissions {}", names_of(round))));
    let student = files_of(place, round)?;
    let questions: Vec<&Question> = round.iter().map(|(question, _)| *question).collect();
    let (checks, _) = grade_exercise(grading, place, &questions, &student)?;
    Ok(round
        .iter()
        .map(|(question, known)| {
            let untimed = of_question(question, &checks).filter(|check| check.kind != Kind::Speed);
            (*known, compare(known, untimed, findings))
        })
        .collect())
}

/// Measures the timed checks of a round. Once each: on a busy machine the corpus
/// would take an hour, and what was not decided is told.
fn measure_round<'a>(
    grading: &Grading<'_>,
    place: &mut Place<'_>,
    round: &Round<'a>,
    findings: &Findings,
) -> Result<Found<'a>> {
    grading.listeners.hear(&Event::Progress(&format!("timed: {}", names_of(round))));
    let reference = grading.programs.reference(grading.cargo, place)?;
    let student = files_of(place, round)?;
    // They have no use for the model, which is built without questions.
    let plan = Plan {
        without_model: place.exercise.questions.iter().map(|q| q.id.clone()).collect(),
        wanted: round.iter().map(|(question, _)| question.id.clone()).collect(),
        ..Plan::default()
    };
    let laid = place.lay(&student, &plan)?;
    let built = match build(grading.cargo, place, &laid, Program::Timed, DEADLINE)? {
        Build::Done(built) => built,
        other => {
            let names = names_of(round);
            findings.wrong(format!("the timed calls of {names} cannot be built: {other:?}"));
            return Ok(round.iter().map(|(_, known)| (*known, Agrees::No)).collect());
        }
    };
    let measuring = grading.programs.measuring(place.kit, place.exercise)?;
    let evidence = grading.evidence_folder(&student)?;
    let run = |needs| TimedRun {
        measuring: &measuring,
        submission: &built.path,
        identity: &laid.identity,
        reference: reference.as_ref(),
        kit: &grading.kit.hash,
        salt: grading.salt,
        evidence: &evidence,
        one_cpu: false,
        isolation: grading.cargo.isolation(),
        needs,
    };
    let mut found = Vec::new();
    for (question, known) in round {
        for check in speed_checks(question) {
            let record =
                CheckRecord::new(check, &run(&question.needs).run(check, 1, grading.listeners));
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
    use crate::proof::known::{Known, Table};

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
