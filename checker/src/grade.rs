//! Grades one submission: discover, stage, build, run, judge, score.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread::ScopedJoinHandle;
use std::time::Instant;

use anyhow::{Context, Result};
use course::catalog::{Check, Exercise, Kind, Question};
use course::judge::judge_form;
use course::spread::{check_workers, spread};
use course::verdict::{Judgement, Reason, Verdict};

use crate::answers::judge_answer;
use crate::check_run::CheckRun;
use crate::compile::{Build, Program, build, prepare};
use crate::kit::Kit;
use crate::record::{Attempt, CheckRecord, ExerciseRecord, Judged, QuestionRecord, SCHEMA_VERSION};
use crate::selection::Selection;
use crate::speed_check::{SpeedRun, run_speed};
use crate::stage::{Plan, Stage};
use crate::submission::{Submission, Taken};

/// How a grading is to be done.
#[derive(Clone, Copy)]
pub struct Grading<'a> {
    /// The kit.
    pub kit: &'a Kit,
    /// A stage of this process's own.
    pub stage: &'a Stage,
    /// What is graded.
    pub selection: &'a Selection,
    /// Where all seeds come from.
    pub salt: u64,
    /// How often a timed check is measured at most, where the machine is busy;
    /// 0 leaves them out.
    pub speed_attempts: u32,
    /// Told what is being done.
    pub progress: &'a (dyn Fn(&str) + Sync),
}

impl Grading<'_> {
    /// Grades one submission from end to end.
    ///
    /// # Errors
    /// Only where the checker or the kit fails; whatever a submission does is
    /// a verdict.
    pub fn grade(&self, submission: &Submission) -> Result<Attempt> {
        let start = Instant::now();
        prepare(self.kit, self.stage, self.progress)?;
        let mut attempt = Attempt {
            schema_version: SCHEMA_VERSION,
            submission: submission.label.clone(),
            kit: self.kit.hash.clone(),
            salt: self.salt,
            isolation: "process",
            score: course::points::Points::ZERO,
            max_score: course::points::Points::ZERO,
            undecided: course::points::Points::ZERO,
            duration_s: 0.0,
            exercises: Vec::new(),
            left_behind: Vec::new(),
        };
        for exercise in &self.kit.exercises {
            let questions = self.selection.of(exercise);
            if questions.is_empty() {
                continue;
            }
            let taken = match submission.folders.get(&exercise.id) {
                Some(folder) => Some(Taken::from_folder(self.kit, exercise, folder)?),
                None => None,
            };
            let graded = self.grade_exercise(exercise, &questions, taken.as_ref())?;
            attempt.exercises.push(graded.record);
            attempt.left_behind.extend(taken.map(|taken| taken.left_behind).unwrap_or_default());
        }
        attempt.duration_s = start.elapsed().as_secs_f64();
        Ok(attempt.summed())
    }

    /// Grades the chosen questions of one exercise with what was taken of it.
    ///
    /// # Errors
    /// Only where the checker or the kit fails.
    pub fn grade_exercise(
        &self,
        exercise: &Exercise,
        questions: &[&Question],
        taken: Option<&Taken>,
    ) -> Result<Graded> {
        let mut judged: BTreeMap<String, Judged> = BTreeMap::new();
        let mut warnings = Vec::new();
        let no_folder = format!("{} is not in the submission.", exercise.id);
        // Questions that cannot be built, with the reason.
        let mut out: BTreeMap<String, Judgement> = exercise
            .questions
            .iter()
            .filter_map(|question| {
                let fault = taken
                    .map_or_else(|| Some(no_folder.clone()), |taken| taken.fault(&question.file));
                Some((question.id.clone(), Judgement::fail(Reason::NoFile, fault?)))
            })
            .collect();
        // Questions that can be built, but not for the model checker.
        let mut unmodelled: BTreeMap<String, Judgement> = BTreeMap::new();
        if let Some(taken) = taken {
            let ran = self.build_and_run(exercise, questions, taken, &mut out, &mut unmodelled)?;
            judged.extend(ran.judged);
            warnings = ran.warnings;
            let alive = alive(questions, &out, &unmodelled);
            judged.extend(self.run_speed_checks(ran.timed.as_deref(), &alive, taken)?);
            for question in questions {
                hold_form_to_code(question, &mut judged);
            }
        }
        let answers = taken.and_then(|taken| taken.files.get("answers.md"));
        let records = questions
            .iter()
            .map(|question| {
                let checks = question.checks.iter().map(|check| {
                    let judged = judged.remove(&check.id).unwrap_or_else(|| {
                        Judged::at_once(if check.kind == Kind::Manual {
                            judge_answer(&question.id, answers.map(Vec::as_slice))
                        } else {
                            out.get(&question.id)
                                .or_else(|| unmodelled.get(&question.id))
                                .cloned()
                                .unwrap_or_else(never_ran)
                        })
                    });
                    CheckRecord::new(check, judged)
                });
                QuestionRecord::new(question, checks.collect())
            })
            .collect();
        Ok(Graded { record: ExerciseRecord::new(exercise, records), warnings })
    }

    /// Builds the exercise and runs its graded tests; where the compiler refuses
    /// a question's file, that question is taken out and the others go on
    /// without it.
    ///
    /// The timed calls are built while the tests run: the two share no file.
    fn build_and_run(
        &self,
        exercise: &Exercise,
        questions: &[&Question],
        taken: &Taken,
        out: &mut BTreeMap<String, Judgement>,
        unmodelled: &mut BTreeMap<String, Judgement>,
    ) -> Result<Ran> {
        let wanted: BTreeSet<String> =
            questions.iter().map(|question| question.id.clone()).collect();
        loop {
            let left_out: BTreeSet<String> = out.keys().cloned().collect();
            if wanted.is_subset(&left_out) {
                return Ok(Ran::default());
            }
            (self.progress)(&format!("{}: building", exercise.id));
            let for_people: BTreeSet<String> = unmodelled.keys().cloned().collect();
            let plan = Plan { left_out: &left_out, unmodelled: &for_people, wanted: &wanted };
            self.stage.lay_submission(self.kit, exercise, taken, plan)?;
            let alive = alive(questions, out, unmodelled);
            let mut graded = None;
            let mut errors = BTreeMap::new();
            if alive.iter().any(|check| check.runs_in_tests()) {
                match build(self.kit, self.stage, exercise, Program::Graded)? {
                    Build::Done(built) => graded = Some(built),
                    Build::Refused(refused) => errors = refused,
                    Build::NotModelled(refused) => {
                        if self.leave_to_people(exercise, &refused, unmodelled) {
                            continue;
                        }
                        errors = refused;
                    }
                }
            }
            let mut ran = Ran::default();
            if errors.is_empty() {
                let is_timed =
                    self.speed_attempts > 0 && alive.iter().any(|check| check.kind == Kind::Speed);
                let (kit, stage) = (self.kit, self.stage);
                let (timed, judged) = std::thread::scope(|scope| {
                    let timed = is_timed
                        .then(|| scope.spawn(|| build(kit, stage, exercise, Program::Speed)));
                    let judged = graded
                        .as_ref()
                        .map(|graded| self.run_checks(exercise, &graded.path, &alive, taken));
                    (timed.map(ScopedJoinHandle::join), judged)
                });
                let timed = timed.map(|timed| timed.unwrap_or_else(|panic| resume_unwind(panic)));
                match timed.transpose()? {
                    None => {}
                    Some(Build::Done(built)) => ran.timed = Some(built.path),
                    Some(Build::Refused(refused) | Build::NotModelled(refused)) => errors = refused,
                }
                ran.judged = judged.transpose()?.unwrap_or_default();
                ran.warnings = graded.map(|graded| graded.warnings).unwrap_or_default();
            }
            if errors.is_empty() {
                return Ok(ran);
            }
            if !self.leave_out(exercise, &errors, out) {
                return Ok(Ran::default());
            }
        }
    }

    /// Takes out of the model the questions that the compiler refused there
    /// and nowhere else: what the model lacks is no mistake of the student's.
    /// Returns whether there were any.
    fn leave_to_people(
        &self,
        exercise: &Exercise,
        errors: &BTreeMap<String, String>,
        unmodelled: &mut BTreeMap<String, Judgement>,
    ) -> bool {
        let before = unmodelled.len();
        for (question, errors) in errors {
            let all = question.is_empty();
            for question in exercise.questions.iter().filter(|known| all || known.id == *question) {
                (self.progress)(&format!("{}: cannot be model-checked, going on", question.id));
                let message = format!(
                    "this code compiles, but not against the threads and channels of the model checker. That is no mistake; a person decides about the points. The compiler's first words:\n{errors}"
                );
                unmodelled.entry(question.id.clone()).or_insert_with(|| {
                    Judgement::open(Verdict::NotMeasurable, Reason::NotModelled, message)
                });
            }
        }
        unmodelled.len() > before
    }

    /// Takes out the questions that the compiler refused. Where nobody can be
    /// blamed, that is the whole exercise. Returns whether anything is left.
    fn leave_out(
        &self,
        exercise: &Exercise,
        errors: &BTreeMap<String, String>,
        out: &mut BTreeMap<String, Judgement>,
    ) -> bool {
        let not_built = |errors: &str| {
            let message = format!("does not compile. The compiler's first words:\n{errors}");
            Judgement::fail(Reason::NotBuilt, message)
        };
        let mut found = false;
        for (question, errors) in errors {
            if question.is_empty() || out.contains_key(question) {
                continue;
            }
            (self.progress)(&format!("{question}: does not compile, going on without it"));
            out.insert(question.clone(), not_built(errors));
            found = true;
        }
        if !found {
            let all = errors.values().cloned().collect::<Vec<_>>().join("\n");
            for question in &exercise.questions {
                out.entry(question.id.clone()).or_insert_with(|| not_built(&all));
            }
        }
        found
    }

    /// Runs every check of the graded tests, each in a process of its own.
    fn run_checks(
        &self,
        exercise: &Exercise,
        graded: &Path,
        checks: &[&Check],
        taken: &Taken,
    ) -> Result<Vec<(String, Judged)>> {
        let checks: Vec<&Check> =
            checks.iter().copied().filter(|check| check.runs_in_tests()).collect();
        (self.progress)(&format!("{}: running {} checks", exercise.id, checks.len()));
        let run = CheckRun {
            graded,
            root: &self.stage.root,
            exercise,
            kit: &self.kit.hash,
            salt: self.salt,
            evidence: &self.evidence_folder(taken)?,
        };
        let mut judged = Vec::with_capacity(checks.len());
        spread(
            &checks,
            check_workers(),
            |check| check.takes_long(),
            |check| run.run(check),
            |index, done| judged.push((checks[index].id.clone(), done)),
        );
        Ok(judged)
    }

    /// Measures the speed checks, one after the other, alone on the machine.
    fn run_speed_checks(
        &self,
        program: Option<&Path>,
        checks: &[&Check],
        taken: &Taken,
    ) -> Result<Vec<(String, Judged)>> {
        let mut judged = Vec::new();
        for check in checks.iter().filter(|check| check.kind == Kind::Speed) {
            let Some(arm) = program.filter(|_| self.speed_attempts > 0) else {
                let skipped = Judgement::open(
                    Verdict::Inconclusive,
                    Reason::Skipped,
                    "speed was not measured (--no-speed).",
                );
                judged.push((check.id.clone(), Judged::at_once(skipped)));
                continue;
            };
            (self.progress)(&format!("{}: measuring", check.id));
            let evidence = self.evidence_folder(taken)?;
            let run = SpeedRun { arm, kit: &self.kit.hash, salt: self.salt, evidence: &evidence };
            judged.push((
                check.id.clone(),
                run_speed(check, run, self.speed_attempts, self.progress),
            ));
        }
        Ok(judged)
    }

    /// A folder for the raw numbers of this submission in this grading.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn evidence_folder(&self, taken: &Taken) -> Result<PathBuf> {
        let name = format!("{}-{}-{}", self.kit.hash, taken.hash(), self.salt);
        let folder = self.kit.work_folder().join("evidence").join(name);
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        Ok(folder)
    }
}

/// What came of an exercise's programs, as far as they are wanted and can be built.
#[derive(Debug, Default)]
struct Ran {
    /// What the graded tests gave.
    judged: Vec<(String, Judged)>,
    /// The compiler's warnings about them.
    warnings: Vec<String>,
    /// The program with the timed calls.
    timed: Option<PathBuf>,
}

/// An exercise's record with what the compiler warned of.
#[derive(Debug, Clone, PartialEq)]
pub struct Graded {
    /// The record.
    pub record: ExerciseRecord,
    /// Warnings about the exercise and its tests; not part of any grade.
    pub warnings: Vec<String>,
}

/// The checks of the questions that can be built, without the schedules of
/// those that the model checker cannot see.
fn alive<'a>(
    questions: &[&'a Question],
    out: &BTreeMap<String, Judgement>,
    unmodelled: &BTreeMap<String, Judgement>,
) -> Vec<&'a Check> {
    questions
        .iter()
        .filter(|question| !out.contains_key(&question.id))
        .flat_map(|question| {
            let is_modelled = !unmodelled.contains_key(&question.id);
            let checks = question.checks.iter();
            checks.filter(move |check| is_modelled || check.kind != Kind::Schedule)
        })
        .collect()
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
    Judgement::open(
        Verdict::Error,
        Reason::CheckerFault,
        "this check did not run. Tell the course staff.",
    )
}
