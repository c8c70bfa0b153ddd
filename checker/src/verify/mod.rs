//! The course proves itself: solutions get every point, stubs get none, known
//! mistakes lose exactly what their table says, honest oddities lose nothing.

mod corpus;
mod examples;
mod interface;

use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use course::catalog::{Exercise, Kind};
use course::verdict::{Reason, Verdict};

use crate::exit_code::Exit;
use crate::grade::Grading;
use crate::kit::Kit;
use crate::record::{Attempt, CheckRecord};
use crate::selection::Selection;
use crate::speed_check::ATTEMPTS;
use crate::stage::Stage;
use crate::submission::{Submission, Taken};

/// Salt of every grading of a verification, so that it repeats.
const SALT: u64 = 20_260_101;

/// Which timed checks are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timed {
    /// None.
    Nothing,
    /// Those of solutions and stubs, and of the submissions that are honest or
    /// whose table names a timed check. What else is wrong with a submission is
    /// no matter of its speed, and measuring it takes the longest.
    WhereItMatters,
    /// All of them.
    Everything,
}

/// What was found to be wrong, and what could not be decided here.
#[derive(Debug, Default)]
struct Findings {
    wrong: Mutex<Vec<String>>,
    open: Mutex<Vec<String>>,
}

impl Findings {
    fn wrong(&self, what: impl Into<String>) {
        let what = what.into();
        eprintln!("  WRONG: {what}");
        held(&self.wrong).push(what);
    }

    /// A timed check that the machine could not decide: told, not held
    /// against the course. A wrong decision would be.
    fn open(&self, what: impl Into<String>) {
        held(&self.open).push(what.into());
    }
}

fn held(list: &Mutex<Vec<String>>) -> MutexGuard<'_, Vec<String>> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Verifies the chosen questions and prints what was found.
///
/// # Errors
/// When the checker or the kit fails before anything can be said.
pub fn verify_command(names: &[String], timed: Timed) -> Result<Exit> {
    let kit = Kit::open()?;
    let selection = Selection::parse(&kit, names)?;
    let stage = Stage::take(&kit)?;
    let progress = |message: &str| eprintln!("  {message}");
    let grading = Grading {
        kit: &kit,
        stage: &stage,
        selection: &selection,
        salt: SALT,
        speed_attempts: if timed == Timed::Nothing { 0 } else { ATTEMPTS },
        progress: &progress,
    };
    let findings = Findings::default();
    let mut out = std::io::stdout();

    for exercise in kit.exercises.iter().filter(|exercise| !selection.of(exercise).is_empty()) {
        interface::check(&kit, exercise, &findings)?;
        check_lesson(&kit, exercise, &findings)?;
    }
    writeln!(out, "interfaces and lessons: checked")?;

    let solutions = Submission::discover(&kit, &selection, &kit.root.join("solutions"))?;
    let attempt = grading.grade(&solutions)?;
    check_solutions(&attempt, &findings);
    writeln!(
        out,
        "solutions: {} of {} points, {} open",
        attempt.score, attempt.max_score, attempt.undecided
    )?;

    let earned = verify_stubs(&grading, &findings)?;
    writeln!(out, "stubs: {earned} points")?;

    let exercises = examples::verify(&grading, &findings)?;
    writeln!(out, "examples of lessons and contracts: run for {exercises} exercises")?;

    let counts = corpus::verify(&grading, timed, &findings)?;
    writeln!(
        out,
        "known mistakes: {} caught of {}, {} not decided; honest oddities: {}",
        counts.caught, counts.mistakes, counts.undecided, counts.honest
    )?;

    let (wrong, open) = (held(&findings.wrong), held(&findings.open));
    for what in open.iter() {
        writeln!(out, "not decided on this machine: {what}")?;
    }
    for what in wrong.iter() {
        writeln!(out, "WRONG: {what}")?;
    }
    if wrong.is_empty() {
        writeln!(out, "the course holds what it promises")?;
        Ok(Exit::Graded)
    } else {
        writeln!(out, "{} things are wrong", wrong.len())?;
        Ok(Exit::KitBroken)
    }
}

fn check_solutions(attempt: &Attempt, findings: &Findings) {
    for check in attempt.checks() {
        match (check.kind, check.verdict) {
            (Kind::Manual, Verdict::NeedsReview) | (_, Verdict::Pass) => {}
            (Kind::Speed, verdict) if is_open(verdict) => {
                findings.open(told("the solution", check))
            }
            _ => findings.wrong(told("the solution", check)),
        }
    }
}

/// Grades the stubs: every check must fail because nothing is written yet.
fn verify_stubs(grading: &Grading<'_>, findings: &Findings) -> Result<String> {
    let mut earned = course::points::Points::ZERO;
    for exercise in &grading.kit.exercises {
        let questions = grading.selection.of(exercise);
        if questions.is_empty() {
            continue;
        }
        let folder = grading.kit.root.join("exercises").join(&exercise.id);
        let taken = Taken::from_folder(grading.kit, exercise, &folder)?;
        let graded = grading.grade_exercise(exercise, &questions, Some(&taken))?;
        // With fewer questions, helpers of the tests have nobody to use them.
        let whole = questions.len() == exercise.questions.len();
        for warning in graded.warnings.iter().filter(|_| whole) {
            findings
                .wrong(format!("{}: the stubs compile with a warning:\n{warning}", exercise.id));
        }
        earned += graded.record.score;
        for check in graded.record.questions.iter().flat_map(|question| &question.checks) {
            let expected =
                if check.kind == Kind::Manual { Reason::NoAnswer } else { Reason::NotImplemented };
            let skipped = check.kind == Kind::Speed && is_open(check.verdict);
            if skipped {
                findings.open(told("the stub", check));
            } else if check.verdict != Verdict::Fail || check.reason != expected {
                findings.wrong(format!(
                    "{} (expected the reason `{}`)",
                    told("the stub", check),
                    expected.word()
                ));
            }
        }
    }
    Ok(earned.to_string())
}

fn check_lesson(kit: &Kit, exercise: &Exercise, findings: &Findings) -> Result<()> {
    let path = kit.root.join("exercises").join(&exercise.id).join("README.md");
    let lesson = std::fs::read_to_string(&path)?;
    for question in &exercise.questions {
        for needed in [format!("Question {}", question.id), question.file.clone()] {
            if !lesson.contains(&needed) {
                findings.wrong(format!("the lesson of {} does not say `{needed}`", exercise.id));
            }
        }
    }
    Ok(())
}

fn is_open(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Inconclusive | Verdict::NotMeasurable)
}

fn told(who: &str, check: &CheckRecord) -> String {
    format!("{who}: {} is {} ({}): {}", check.id, check.verdict, check.reason.word(), check.message)
}
