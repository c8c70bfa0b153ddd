//! The course proves itself: solutions get every point, stubs get none, known
//! mistakes lose exactly what their table says, honest oddities lose nothing.

mod change;
pub mod contract;
mod corpus;
mod examples;
mod graft;
#[cfg(target_os = "linux")]
pub mod hostile;
mod interface;
pub mod known;
pub mod mutation;

use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use course::catalog::{Exercise, Kind, Question};
use course::points::Points;
use course::verdict::{Reason, Verdict};
use kit::Kit;
use kit::exit_code::Exit;
use kit::selection::Selection;
use syn::Visibility;

use crate::commands::Bench;
use crate::grade::Grading;
use crate::grade::event::{Event, Judged, Listener, Progress, Several};
use crate::grade::pace::Pace;
use crate::grade::timed_run::ATTEMPTS;
use crate::intake::{StudentFiles, discover, student_files};
use crate::record::CheckRecord;
use crate::settings::Settings;
use crate::workspace::isolation::Isolation;
use crate::workspace::{Place, Stage};

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
    /// Those of known submissions where it matters, and nothing else is graded.
    Alone,
}

/// How much of the corpus is graded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    All,
    /// At most so many known mistakes of each question, chosen by the kit's own hash.
    Sample(usize),
    /// The submissions of these names, and nothing beside them.
    Named(Vec<String>),
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

fn held<T>(list: &Mutex<T>) -> MutexGuard<'_, T> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Verifies the chosen questions and prints what was found.
///
/// # Errors
/// When the checker or the kit fails before anything can be said, or no submission
/// has a name that was given.
pub fn verify(
    settings: &Settings,
    names: &[String],
    timed: Timed,
    extent: &Extent,
) -> Result<Exit> {
    let kit = Kit::find(&settings.here)?;
    kit.require_whole()?;
    let questions = match extent {
        Extent::Named(names) => &known::questions_of(&kit, names)?,
        Extent::All | Extent::Sample(_) => names,
    };
    let is_whole = !matches!(extent, Extent::Named(_)) && timed != Timed::Alone;
    let selection = Selection::parse(&kit, questions)?;
    let progress = |message: &str| eprintln!("  {message}");
    let Bench { kit, work, cargo, mut stage, programs } =
        Bench::set_up(settings, Isolation::probe(&settings.switched_off)?, kit, &progress)?;
    let grading = Grading {
        kit: &kit,
        work: &work,
        cargo: &cargo,
        programs: &programs,
        selection: &selection,
        salt: SALT,
        timed: (timed != Timed::Nothing).then_some(ATTEMPTS),
        pace: &Pace::default(),
        listeners: &Progress,
    };
    let findings = Findings::default();
    if is_whole {
        verify_course(&grading, &mut stage, &findings)?;
    }
    let counts = corpus::verify(&grading, &mut stage, timed, extent, &findings)?;
    let mut out = std::io::stdout();
    writeln!(
        out,
        "known mistakes: {} caught of {}{}, {} not decided; honest oddities: {}",
        counts.caught,
        counts.mistakes,
        if matches!(extent, Extent::Sample(_)) { " in the sample" } else { "" },
        counts.undecided,
        counts.honest
    )?;

    #[cfg(target_os = "linux")]
    if is_whole {
        let counts = hostile::verify(settings, &grading, &mut stage, &findings)?;
        writeln!(
            out,
            "hostile: {} stopped of {}, {} seen to get through without what stops them",
            counts.stopped, counts.all, counts.through
        )?;
    }

    let (wrong, open) = (held(&findings.wrong), held(&findings.open));
    for what in open.iter() {
        writeln!(out, "not decided on this machine: {what}")?;
    }
    for what in wrong.iter() {
        writeln!(out, "WRONG: {what}")?;
    }
    if !wrong.is_empty() {
        writeln!(out, "{} things are wrong", wrong.len())?;
        return Ok(Exit::KitBroken);
    }
    let whole = "the course holds what it promises";
    let named = "these submissions are graded as their tables say";
    writeln!(out, "{}", if is_whole { whole } else { named })?;
    Ok(Exit::Graded)
}

/// What the course promises beside its known submissions: interfaces, lessons,
/// contracts, solutions, stubs and examples.
fn verify_course(grading: &Grading<'_>, stage: &mut Stage, findings: &Findings) -> Result<()> {
    let Grading { kit, selection, .. } = *grading;
    let mut coverage = contract::Coverage::default();
    let mut out = std::io::stdout();
    for exercise in kit.exercises.iter().filter(|exercise| !selection.of(exercise).is_empty()) {
        interface::check(kit, exercise, findings)?;
        check_lesson(kit, exercise, findings)?;
        let of_exercise = contract::check(kit, exercise, &selection.of(exercise), findings)?;
        coverage.add(of_exercise);
    }
    writeln!(out, "interfaces and lessons: checked")?;
    writeln!(out, "{coverage}")?;

    let solutions = discover(kit, selection, &kit.root.join("solutions"))?;
    let checks = Collector::default();
    let listeners = Several(&[&Progress, &checks]);
    Grading { listeners: &listeners, ..*grading }.grade(stage, &solutions)?;
    let checks = checks.checks();
    check_solutions(&checks, findings);
    let sum = |points: fn(&CheckRecord) -> Points| checks.iter().map(points).sum::<Points>();
    writeln!(
        out,
        "solutions: {} of {} points, {} open",
        sum(|check| check.earned),
        sum(|check| check.points),
        sum(CheckRecord::undecided)
    )?;

    let earned = verify_stubs(grading, stage, findings)?;
    writeln!(out, "stubs: {earned} points")?;

    let exercises = examples::verify(grading, stage, findings)?;
    writeln!(out, "examples of lessons and contracts: run for {exercises} exercises")?;
    Ok(())
}

fn check_solutions(checks: &[CheckRecord], findings: &Findings) {
    for check in checks {
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
fn verify_stubs(grading: &Grading<'_>, stage: &mut Stage, findings: &Findings) -> Result<Points> {
    let mut earned = Points::ZERO;
    for place in &mut stage.places(grading.kit) {
        let exercise = place.exercise;
        let questions = grading.selection.of(exercise);
        if questions.is_empty() {
            continue;
        }
        let folder = grading.kit.root.join("exercises").join(&exercise.id);
        let student = student_files(grading.kit, exercise, &folder)?;
        let (checks, warnings) = grade_exercise(grading, place, &questions, &student)?;
        // With fewer questions, helpers of the tests have nobody to use them.
        let whole = questions.len() == exercise.questions.len();
        for warning in warnings.iter().filter(|_| whole) {
            findings
                .wrong(format!("{}: the stubs compile with a warning:\n{warning}", exercise.id));
        }
        for check in &checks {
            earned += check.earned;
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
    Ok(earned)
}

/// Grades some questions of one exercise; gives what became of each check, and
/// what the compiler warned of.
fn grade_exercise(
    grading: &Grading<'_>,
    place: &mut Place<'_>,
    questions: &[&Question],
    student: &StudentFiles,
) -> Result<(Vec<CheckRecord>, Vec<String>)> {
    let checks = Collector::default();
    let listeners = Several(&[grading.listeners, &checks]);
    let grading = Grading { listeners: &listeners, ..*grading };
    let warnings = grading.grade_exercise(place, questions, student)?;
    Ok((checks.checks(), warnings))
}

/// Keeps what became of each check, in the order in which it was told.
#[derive(Debug, Default)]
struct Collector(Mutex<Vec<CheckRecord>>);

impl Listener for Collector {
    fn hear(&self, event: &Event<'_>) {
        if let Event::Judged(check, judged) = event {
            let judged: &Judged = judged;
            held(&self.0).push(CheckRecord::new(check, judged));
        }
    }
}

impl Collector {
    fn checks(&self) -> Vec<CheckRecord> {
        std::mem::take(&mut held(&self.0))
    }
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

/// A text on one line, with single blanks.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether anybody may use an item.
fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Those of some checks that belong to a question.
fn of_question<'a>(
    question: &Question,
    checks: &'a [CheckRecord],
) -> impl Iterator<Item = &'a CheckRecord> {
    checks.iter().filter(|check| question.checks.iter().any(|known| known.id == check.id))
}

fn is_open(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Inconclusive | Verdict::NotMeasurable)
}

fn told(who: &str, check: &CheckRecord) -> String {
    format!("{who}: {} is {} ({}): {}", check.id, check.verdict, check.reason.word(), check.message)
}
