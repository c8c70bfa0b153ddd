//! Grades one submission: lay, build, run, judge. What came of each check is told
//! to whoever listens.

pub mod answers;
pub mod build;
pub mod check_run;
pub mod disk_use;
pub mod event;
pub mod pace;
pub mod state;
pub mod timed_run;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use course::catalog::{Check, Exercise, Kind, Question};
use course::judge::{judge_after_timeouts, judge_form};
use course::verdict::{Judgement, Reason, Verdict};
use kit::Kit;
use kit::error::Interrupted;
use kit::layout::ANSWERS;
use kit::selection::Selection;
use supervise::interrupt::is_interrupted;
use supervise::queue::spread;

use crate::intake::{StudentFiles, Submission};
use crate::workspace::blame::shortened;
use crate::workspace::prepare::{Kept, Programs, copy_whole};
use crate::workspace::program::{Build, Built, DEADLINE, Program};
use crate::workspace::{Cargo, Laid, Place, Stage};
use answers::judge_answer;
use build::Builder;
use check_run::CheckRun;
use event::{Event, Judged, Listener};
use pace::{Pace, Turns};
use state::States;
use timed_run::TimedRun;

/// How a grading is to be done.
#[derive(Clone, Copy)]
pub struct Grading<'a> {
    /// The kit.
    pub kit: &'a Kit,
    /// The folder for stages, programs and evidence.
    pub work: &'a Path,
    /// Cargo.
    pub cargo: &'a Cargo,
    /// The programs that do not change with the submission.
    pub programs: &'a Programs,
    /// What is graded.
    pub selection: &'a Selection,
    /// Where all seeds come from.
    pub salt: u64,
    /// How often a timed check is measured at most, if the machine is busy;
    /// `None` leaves the timed checks open.
    pub timed: Option<u32>,
    /// What this grading shares of the machine with others of this run.
    pub pace: &'a Pace,
    /// Hears what happens.
    pub listeners: &'a dyn Listener,
}

/// What an exercise's timed checks run, or what becomes of each question's instead.
type Timed = Result<(PathBuf, String), Judgement>;

/// An exercise of which all is judged but what has to be measured.
pub struct Checked<'a> {
    exercise: &'a Exercise,
    states: States<'a>,
    timed: Option<Timed>,
    reference: Option<Kept>,
    /// The questions of which two checks ran out of time.
    slow: BTreeSet<String>,
    warnings: Vec<String>,
}

impl Checked<'_> {
    /// Whether there is something left to measure.
    #[must_use]
    pub fn is_measurable(&self) -> bool {
        matches!(self.timed, Some(Ok(_)))
    }

    /// Puts the program of timed calls at a place of its own, so that the stage can
    /// take the next submission before this one is measured.
    ///
    /// # Errors
    /// When it cannot be copied.
    pub fn keep_program(&mut self, folder: &Path) -> Result<()> {
        if let Some(Ok((program, identity))) = &mut self.timed {
            let kept = folder.join(format!("{}-{identity}", self.exercise.id));
            copy_whole(program, &kept)?;
            *program = kept;
        }
        Ok(())
    }

    /// Removes the program that was kept; without one, nothing happens.
    pub fn forget_program(&self) {
        if let Some(Ok((program, _))) = &self.timed {
            // Another submission with the same code may have removed it.
            let _ = std::fs::remove_file(program);
        }
    }
}

impl<'g> Grading<'g> {
    /// Grades one submission from end to end: while the checks of one exercise run,
    /// the next one is built; and then what is timed has the machine for itself.
    ///
    /// # Errors
    /// When the checker or the kit fails, or the run is interrupted; whatever a
    /// submission does is a verdict.
    pub fn grade(&self, stage: &mut Stage, submission: &Submission) -> Result<()> {
        let checked = self.check_all(stage, submission)?;
        self.measure_all(submission, &checked)
    }

    /// Judges everything of a submission but what is timed.
    ///
    /// # Errors
    /// As [`Grading::grade`].
    pub fn check_all(
        &self,
        stage: &mut Stage,
        submission: &Submission,
    ) -> Result<Vec<Checked<'g>>> {
        let mut places = stage.places(self.kit);
        let nothing = StudentFiles::default();
        let mut parts = Vec::new();
        for (place, exercise) in places.iter_mut().zip(&self.kit.exercises) {
            let questions = self.selection.of(exercise);
            let student = submission.exercises.get(&exercise.id);
            let states = States::of_files(exercise, student.unwrap_or(&nothing));
            // Of what another submission left there, nobody sees a line.
            place.lay(student.unwrap_or(&nothing), &states.plan(&questions))?;
            match student {
                _ if questions.is_empty() => {}
                Some(student) => parts.push((place, questions, student, states)),
                None => {
                    let why = Judgement::fail(Reason::NoFile, submission.missing(exercise));
                    let states = States::all_out(exercise, &why);
                    self.tell(&questions, &states, &nothing, BTreeMap::new(), |_| true);
                }
            }
        }
        let checked: Vec<Result<_>> = std::thread::scope(|scope| {
            let started: Vec<_> = parts
                .into_iter()
                .map(|(place, questions, student, states)| {
                    scope.spawn(move || self.check(place, &questions, student, states))
                })
                .collect();
            let ended = started.into_iter().map(|part| part.join());
            ended.map(|part| part.unwrap_or_else(|panic| resume_unwind(panic))).collect()
        });
        checked.into_iter().collect()
    }

    /// Measures what is timed of a submission, alone on the machine.
    ///
    /// # Errors
    /// As [`Grading::grade`].
    pub fn measure_all(&self, submission: &Submission, checked: &[Checked<'_>]) -> Result<()> {
        for part in checked {
            if let Some(student) = submission.exercises.get(&part.exercise.id) {
                self.measure(&self.selection.of(part.exercise), student, part)?;
            }
        }
        Ok(())
    }

    /// Grades the chosen questions of one exercise. Returns what the compiler
    /// warned of.
    ///
    /// # Errors
    /// As [`Grading::grade`].
    pub fn grade_exercise(
        &self,
        place: &mut Place<'_>,
        questions: &[&Question],
        student: &StudentFiles,
    ) -> Result<Vec<String>> {
        let states = States::of_files(place.exercise, student);
        let checked = self.check(place, questions, student, states)?;
        self.measure(questions, student, &checked)?;
        Ok(checked.warnings)
    }

    /// Builds an exercise and tells of every check but the timed ones.
    fn check<'a>(
        &self,
        place: &mut Place<'_>,
        questions: &[&Question],
        student: &StudentFiles,
        mut states: States<'a>,
    ) -> Result<Checked<'a>> {
        let exercise = states.exercise();
        let measured: BTreeSet<String> = open_speed_checks(questions, &states)
            .filter(|_| self.timed.is_some())
            .map(|(question, _)| question.id.clone())
            .collect();
        let alone = self.pace.to_build();
        let reference = match measured.is_empty() {
            true => None,
            false => self.programs.reference(self.cargo, place)?,
        };
        let builder = Builder { cargo: self.cargo, listeners: self.listeners };
        let built = builder.build(place, student, questions, Program::Graded, &mut states)?;
        drop(alone);
        let mut judged = BTreeMap::new();
        let mut warnings = Vec::new();
        let mut timed = None;
        let mut slow = BTreeSet::new();
        if let Some((laid, built)) = built {
            let run = || self.run_checks(place, questions, &states, student, &laid, &built);
            let (ran, build) = std::thread::scope(|scope| {
                // The two share no file. Where checks hang, it may not be needed.
                let is_early = !measured.is_empty() && !self.pace.some_wait();
                let build = is_early.then(|| scope.spawn(|| self.build_timed(place, &laid)));
                let ran = run();
                (ran, build.map(|build| build.join().unwrap_or_else(|panic| resume_unwind(panic))))
            });
            (judged, slow) = ran?;
            timed = match build {
                None if !measured.is_subset(&slow) => Some(self.build_timed(place, &laid)),
                build => build,
            }
            .transpose()?;
            warnings = built.warnings;
        }
        if is_interrupted() {
            anyhow::bail!(Interrupted);
        }
        let is_told = |check: &Check| check.kind != Kind::Speed;
        self.tell(questions, &states, student, judged, is_told);
        Ok(Checked { exercise, states, timed, reference, slow, warnings })
    }

    /// Measures what is timed, and tells of it.
    fn measure(
        &self,
        questions: &[&Question],
        student: &StudentFiles,
        checked: &Checked<'_>,
    ) -> Result<()> {
        let judged = self.run_timed(checked.exercise, questions, student, checked)?;
        if is_interrupted() {
            anyhow::bail!(Interrupted);
        }
        let is_told = |check: &Check| check.kind == Kind::Speed;
        self.tell(questions, &checked.states, student, judged, is_told);
        Ok(())
    }

    /// Tells the judgement of every check that is to be told of.
    fn tell(
        &self,
        questions: &[&Question],
        states: &States<'_>,
        student: &StudentFiles,
        mut judged: BTreeMap<String, Judged>,
        is_told: impl Fn(&Check) -> bool,
    ) {
        for question in questions {
            hold_form_to_code(question, &mut judged);
            for check in question.checks.iter().filter(|check| is_told(check)) {
                let judged = judged.remove(&check.id).unwrap_or_else(|| {
                    Judged::at_once(if check.kind == Kind::Manual {
                        judge_answer(&question.id, student.files.get(ANSWERS).map(Vec::as_slice))
                    } else {
                        states.judgement(question, check).cloned().unwrap_or_else(never_ran)
                    })
                });
                self.listeners.hear(&Event::Judged(check, &judged));
            }
        }
    }

    /// Runs every check of the graded tests, each in a process of its own. Gives what
    /// came of each, and the questions of which too many ran out of time.
    fn run_checks(
        &self,
        place: &Place<'_>,
        questions: &[&Question],
        states: &States<'_>,
        student: &StudentFiles,
        laid: &Laid,
        built: &Built,
    ) -> Result<(BTreeMap<String, Judged>, BTreeSet<String>)> {
        let checks: Vec<(&Question, &Check)> =
            open_checks(questions, states).filter(|(_, check)| check.runs_in_tests()).collect();
        self.listeners.hear(&Event::Running(place.exercise, checks.len()));
        let run = CheckRun {
            graded: &built.path,
            identity: &laid.identity,
            root: &place.stage.root,
            isolation: self.cargo.isolation(),
            exercise: place.exercise,
            kit: &self.kit.hash,
            salt: self.salt,
            evidence: &self.evidence_folder(student)?,
        };
        let turns: BTreeMap<&str, Turns> =
            questions.iter().map(|question| (&*question.id, Turns::default())).collect();
        let mut judged = BTreeMap::new();
        // Each has its thread and waits there for its turn. Where all hang, those that
        // are stopped soonest settle it.
        spread(
            &checks,
            checks.len(),
            |(_, check)| (!check.takes_long(), check.deadline()),
            |(question, check)| {
                turns[&*question.id].run(self.pace, check, |turn| run.run(check, turn))
            },
            |index, done| _ = judged.insert(checks[index].1.id.clone(), done),
        );
        let slow = turns.iter().filter(|(_, turns)| turns.were_enough());
        Ok((judged, slow.map(|(id, _)| (*id).to_owned()).collect()))
    }

    /// Builds the timed calls of what was laid.
    fn build_timed(&self, place: &Place<'_>, laid: &Laid) -> Result<Timed> {
        let _alone = self.pace.to_build();
        let build =
            crate::workspace::program::build(self.cargo, place, laid, Program::Timed, DEADLINE)?;
        Ok(match build {
            Build::Done(built) => Ok((built.path, built.identity)),
            Build::Refused(errors) => {
                let text: Vec<String> = errors.into_iter().map(|error| error.text).collect();
                Err(Judgement::fail(
                    Reason::NotBuilt,
                    format!(
                        "the timed calls do not compile with this code. The compiler's first words:\n{}",
                        shortened(&text.join("\n"))
                    ),
                ))
            }
            Build::TooLong(after) => Err(Judgement::fail(
                Reason::NotBuilt,
                format!("the compiler was stopped after {} s.", after.as_secs()),
            )),
            Build::Failed(said) => Err(Judgement::error(
                Reason::MachineFault,
                format!("the timed calls could not be built on this machine:\n{said}"),
            )),
        })
    }

    /// Measures the timed checks, one after the other, alone on the machine.
    fn run_timed(
        &self,
        exercise: &Exercise,
        questions: &[&Question],
        student: &StudentFiles,
        checked: &Checked<'_>,
    ) -> Result<BTreeMap<String, Judged>> {
        let mut judged = BTreeMap::new();
        for (question, check) in open_speed_checks(questions, &checked.states) {
            let done = match (&checked.timed, self.timed) {
                (_, Some(_)) if checked.slow.contains(&question.id) => {
                    Judged::at_once(judge_after_timeouts())
                }
                (Some(Ok((program, identity))), Some(attempts)) => {
                    let run = TimedRun {
                        measuring: &self.programs.measuring(self.kit, exercise)?,
                        submission: program,
                        identity,
                        reference: checked.reference.as_ref(),
                        kit: &self.kit.hash,
                        salt: self.salt,
                        evidence: &self.evidence_folder(student)?,
                        one_cpu: false,
                        isolation: self.cargo.isolation(),
                        needs: &question.needs,
                    };
                    run.run(check, attempts, self.listeners)
                }
                (Some(Err(judgement)), _) => Judged::at_once(judgement.clone()),
                _ => Judged::at_once(Judgement::open(
                    Verdict::Inconclusive,
                    Reason::Skipped,
                    "speed was not measured (--no-speed).",
                )),
            };
            judged.insert(check.id.clone(), done);
        }
        Ok(judged)
    }

    /// A folder for the raw numbers of this submission in this grading.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn evidence_folder(&self, student: &StudentFiles) -> Result<PathBuf> {
        let name = format!("{}-{}-{}", self.kit.hash, student.hash(), self.salt);
        let folder = self.work.join("evidence").join(name);
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        Ok(folder)
    }
}

/// The checks that are not decided by the state of their question.
fn open_checks<'a>(
    questions: &'a [&'a Question],
    states: &'a States<'_>,
) -> impl Iterator<Item = (&'a Question, &'a Check)> {
    questions
        .iter()
        .flat_map(|question| question.checks.iter().map(move |check| (*question, check)))
        .filter(|(question, check)| states.judgement(question, check).is_none())
}

/// Those of them that are timed.
fn open_speed_checks<'a>(
    questions: &'a [&'a Question],
    states: &'a States<'_>,
) -> impl Iterator<Item = (&'a Question, &'a Check)> {
    open_checks(questions, states).filter(|(_, check)| check.kind == Kind::Speed)
}

/// Lets the form of a question count only if its code ran.
fn hold_form_to_code(question: &Question, judged: &mut BTreeMap<String, Judged>) {
    let others: Vec<(Verdict, Reason)> = question
        .checks
        .iter()
        .filter(|check| check.runs_in_tests() && check.kind != Kind::Form)
        .filter_map(|check| judged.get(&check.id))
        .map(|judged| (judged.judgement.verdict, judged.judgement.reason))
        .collect();
    for check in question.checks.iter().filter(|check| check.kind == Kind::Form) {
        if let Some(form) = judged.get_mut(&check.id) {
            form.judgement = judge_form(form.judgement.clone(), &others);
        }
    }
}

fn never_ran() -> Judgement {
    Judgement::error(Reason::CheckerFault, "this check did not run. Tell the course staff.")
}
