//! Grades one submission: discover, stage, build, run, judge, score.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Instant;

use anyhow::{Context, Result};
use course::catalog::{Check, Exercise, Kind, Question};
use course::channel::Request;
use course::child::Child;
use course::judge::judge_run;
use course::verdict::{Judgement, Reason, Verdict};
use rand::RngExt;

use crate::answers::judge_answer;
use crate::compile::{Build, Programs, build, prepare};
use crate::kit::Kit;
use crate::record::{Attempt, CheckRecord, ExerciseRecord, Judged, QuestionRecord, SCHEMA_VERSION};
use crate::selection::Selection;
use crate::speed_check::{SpeedRun, run_speed};
use crate::stage::Stage;
use crate::submission::{Submission, Taken};

/// Live heap that a check may hold, in bytes.
const HEAP_CAP: u64 = 1 << 30;

/// Bytes of output that are kept of one check.
const OUTPUT_CAP: usize = 64 << 10;

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
    /// Whether timed checks are measured.
    pub speed: bool,
    /// Told what is being done.
    pub progress: &'a dyn Fn(&str),
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
        let runs =
            |question: &&&Question| question.checks.iter().any(|check| check.kind != Kind::Manual);
        if let Some(taken) = taken {
            let wanted =
                questions.iter().filter(runs).any(|question| !out.contains_key(&question.id));
            if wanted && let Some(programs) = self.build_what_builds(exercise, taken, &mut out)? {
                let alive: Vec<&Check> = questions
                    .iter()
                    .filter(|question| !out.contains_key(&question.id))
                    .flat_map(|question| &question.checks)
                    .collect();
                judged.extend(self.run_checks(exercise, &programs, &alive));
                judged.extend(self.run_speed_checks(&programs, &alive)?);
                warnings = programs.warnings;
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
                            out.get(&question.id).cloned().unwrap_or_else(never_ran)
                        })
                    });
                    CheckRecord::new(check, judged)
                });
                QuestionRecord::new(question, checks.collect())
            })
            .collect();
        Ok(Graded { record: ExerciseRecord::new(exercise, records), warnings })
    }

    /// Builds the exercise; where the compiler refuses a question's file, that
    /// question is taken out and the others are built without it.
    fn build_what_builds(
        &self,
        exercise: &Exercise,
        taken: &Taken,
        out: &mut BTreeMap<String, Judgement>,
    ) -> Result<Option<Programs>> {
        loop {
            let left_out: BTreeSet<String> = out.keys().cloned().collect();
            if left_out.len() == exercise.questions.len() {
                return Ok(None);
            }
            (self.progress)(&format!("{}: building", exercise.id));
            self.stage.lay_submission(self.kit, exercise, taken, &left_out)?;
            let errors = match build(self.stage, exercise)? {
                Build::Done(programs) => return Ok(Some(programs)),
                Build::Refused(errors) => errors,
            };
            let not_built = |errors: &str| {
                Judgement::fail(
                    Reason::NotBuilt,
                    format!("does not compile. The compiler's first words:\n{errors}"),
                )
            };
            let mut found = false;
            for (question, errors) in &errors {
                if question.is_empty() || out.contains_key(question) {
                    continue;
                }
                (self.progress)(&format!("{question}: does not compile, going on without it"));
                out.insert(question.clone(), not_built(errors));
                found = true;
            }
            if !found {
                // Nobody can be blamed: then nothing of the exercise is built.
                let all = errors.values().cloned().collect::<Vec<_>>().join("\n");
                for question in &exercise.questions {
                    out.entry(question.id.clone()).or_insert_with(|| not_built(&all));
                }
                return Ok(None);
            }
        }
    }

    /// Runs every check of the graded tests, each in a process of its own, on
    /// as many workers as there are cores.
    fn run_checks(
        &self,
        exercise: &Exercise,
        programs: &Programs,
        checks: &[&Check],
    ) -> Vec<(String, Judged)> {
        let checks: Vec<&Check> =
            checks.iter().copied().filter(|check| check.runs_in_tests()).collect();
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let next = AtomicUsize::new(0);
        let (sender, receiver) = mpsc::channel();
        let (graded, root, salt) = (&programs.graded, &self.stage.root, self.salt);
        (self.progress)(&format!("{}: running {} checks", exercise.id, checks.len()));
        std::thread::scope(|scope| {
            for _ in 0..workers {
                let (sender, next, checks) = (sender.clone(), &next, &checks);
                scope.spawn(move || {
                    loop {
                        // Each index is handed out once; nothing else is published with it.
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        let Some(check) = checks.get(index) else { break };
                        let judged = run_check(graded, root, exercise, check, salt);
                        // The receiver lives as long as this scope.
                        let _ = sender.send((check.id.clone(), judged));
                    }
                });
            }
            drop(sender);
            receiver.iter().collect()
        })
    }

    /// Measures the speed checks, one after the other, alone on the machine.
    fn run_speed_checks(
        &self,
        programs: &Programs,
        checks: &[&Check],
    ) -> Result<Vec<(String, Judged)>> {
        let mut judged = Vec::new();
        for check in checks.iter().filter(|check| check.kind == Kind::Speed) {
            let Some(arm) = programs.speed.as_deref().filter(|_| self.speed) else {
                let skipped = Judgement::open(
                    Verdict::Inconclusive,
                    Reason::Skipped,
                    "speed was not measured (--no-speed).",
                );
                judged.push((check.id.clone(), Judged::at_once(skipped)));
                continue;
            };
            (self.progress)(&format!("{}: measuring", check.id));
            let evidence = self.evidence_folder()?;
            let run = SpeedRun { arm, kit: &self.kit.hash, salt: self.salt, evidence: &evidence };
            judged.push((check.id.clone(), run_speed(check, run, self.progress)));
        }
        Ok(judged)
    }

    fn evidence_folder(&self) -> Result<PathBuf> {
        let folder = self
            .kit
            .work_folder()
            .join("evidence")
            .join(format!("{}-{}", self.kit.hash, self.salt));
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        Ok(folder)
    }
}

/// An exercise's record with what the compiler warned of.
#[derive(Debug, Clone, PartialEq)]
pub struct Graded {
    /// The record.
    pub record: ExerciseRecord,
    /// Warnings about the exercise and its tests; not part of any grade.
    pub warnings: Vec<String>,
}

fn never_ran() -> Judgement {
    Judgement::open(
        Verdict::Error,
        Reason::CheckerFault,
        "this check did not run. Tell the course staff.",
    )
}

/// Runs one check in a process of its own, in an empty folder of its own, with
/// next to no environment.
fn run_check(graded: &Path, root: &Path, exercise: &Exercise, check: &Check, salt: u64) -> Judged {
    let start = Instant::now();
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(error) => {
            let message = format!("no temporary folder: {error}");
            return Judged::at_once(Judgement::open(Verdict::Error, Reason::CheckerFault, message));
        }
    };
    let nonce = format!("{:032x}", rand::rng().random::<u128>());
    let outcome = Child {
        program: graded.to_owned(),
        args: vec!["--check".into()],
        dir: Some(folder.path().to_owned()),
        env: vec![
            ("TMPDIR".into(), folder.path().into()),
            ("INSTA_UPDATE".into(), "no".into()),
            ("INSTA_WORKSPACE_ROOT".into(), root.into()),
            ("RUST_BACKTRACE".into(), "0".into()),
        ],
        deadline: check.deadline(),
        output_cap: OUTPUT_CAP,
        request: Some(Request {
            check: check.id.clone(),
            nonce: nonce.clone(),
            salt,
            heap_cap_bytes: HEAP_CAP,
            repeat: format!("COURSE_SALT={salt} cargo test -p {} -- {}", exercise.id, check.id),
        }),
    }
    .run();
    Judged {
        judgement: judge_run(check, &nonce, &outcome),
        duration_s: start.elapsed().as_secs_f64(),
        evidence: None,
    }
}
