//! Builds one exercise in a stage: offline, locked, with a deadline.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use course::catalog::{Exercise, Kind};
use course::child::Child;
use course::outcome::{Exit, Outcome};
use serde::Deserialize;

use crate::error::UserError;
use crate::kit::Kit;
use crate::stage::{Plan, Stage};
use crate::submission::Taken;

/// How long the compiler may take over one submission.
const DEADLINE: Duration = Duration::from_secs(180);

/// How long the dependencies may take, once for each kit and machine.
const COLD_DEADLINE: Duration = Duration::from_secs(1800);

/// Most bytes of cargo's messages that are kept.
const OUTPUT_CAP: usize = 32 << 20;

/// Most lines of compiler messages that a student reads for one question.
const SHOWN_LINES: usize = 40;

/// One of the programs of an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// The graded tests.
    Graded,
    /// The timed calls.
    Speed,
}

impl Program {
    /// What cargo calls it: `graded4` or `speed4`. No two exercises have a
    /// program of one name, so that a build that names them all makes only one.
    fn target_name(self, exercise: &Exercise) -> String {
        let number = exercise.id.trim_start_matches("exercise");
        match self {
            Self::Graded => format!("graded{number}"),
            Self::Speed => format!("speed{number}"),
        }
    }
}

/// What came of a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Build {
    /// The program is there.
    Done(Built),
    /// The compiler refused; its errors by the question they belong to, with
    /// those of no question under the empty name.
    Refused(BTreeMap<String, String>),
    /// The compiler refused nothing but the copy for the model checker, or the
    /// checks that use it; its errors as above.
    NotModelled(BTreeMap<String, String>),
}

/// A program that was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// Where it is.
    pub path: PathBuf,
    /// Warnings about the exercise's own files and its tests.
    pub warnings: Vec<String>,
}

/// Compiles what every submission needs, once for each kit and machine.
///
/// # Errors
/// When the dependencies cannot be fetched, or cargo cannot be run.
pub fn prepare(kit: &Kit, stage: &Stage, progress: &dyn Fn(&str)) -> Result<()> {
    let marker = stage.root.join("prepared");
    if std::fs::read_to_string(&marker).is_ok_and(|hash| hash == kit.hash) && stage.target.is_dir()
    {
        return Ok(());
    }
    progress("preparing the kit: compiling its dependencies, once");
    let fetch = cargo(&kit.root, stage, &["fetch", "--locked"], COLD_DEADLINE).run();
    require_success(&fetch, "cargo fetch")?;
    // Prunes the lock file to what a stage has, without changing a version.
    let prune =
        cargo(&stage.root, stage, &["metadata", "--offline", "--format-version", "1"], DEADLINE)
            .run();
    require_success(&prune, "cargo metadata")?;
    for exercise in &kit.exercises {
        // Without any question: what is left is the kit's own.
        let all = exercise.questions.iter().map(|question| question.id.clone()).collect();
        let none = BTreeSet::new();
        let plan = Plan { left_out: &all, unmodelled: &none, wanted: &none };
        stage.lay_submission(kit, exercise, &Taken::default(), plan)?;
        for program in [Program::Graded, Program::Speed] {
            if program == Program::Speed && !has_speed(exercise) {
                continue;
            }
            if let Build::Refused(errors) | Build::NotModelled(errors) =
                build_within(kit, stage, exercise, program, COLD_DEADLINE)?
            {
                let errors: Vec<String> = errors.into_values().collect();
                bail!(UserError::new(
                    crate::exit_code::Exit::KitBroken,
                    format!(
                        "the kit's own part of {} does not compile:\n{}",
                        exercise.id,
                        errors.join("\n")
                    ),
                    "the kit is broken: restore its files",
                ));
            }
        }
    }
    std::fs::write(&marker, &kit.hash).with_context(|| marker.display().to_string())
}

/// Builds one program of an exercise with what was laid over it.
///
/// # Errors
/// When cargo cannot be run or says something that cannot be understood.
pub fn build(kit: &Kit, stage: &Stage, exercise: &Exercise, program: Program) -> Result<Build> {
    build_within(kit, stage, exercise, program, DEADLINE)
}

/// Lays a submission into the stage and builds the timed calls of the wanted
/// questions alone. They have no use for the model, which is built without
/// questions. Gives the program, or the compiler's errors.
///
/// # Errors
/// As [`build`], and when the disk cannot be written.
pub fn build_timed(
    kit: &Kit,
    stage: &Stage,
    exercise: &Exercise,
    taken: &Taken,
    wanted: BTreeSet<String>,
) -> Result<Result<PathBuf, String>> {
    let all = exercise.questions.iter().map(|question| question.id.clone()).collect();
    let plan = Plan { left_out: &BTreeSet::new(), unmodelled: &all, wanted: &wanted };
    stage.lay_submission(kit, exercise, taken, plan)?;
    Ok(match build(kit, stage, exercise, Program::Speed)? {
        Build::Done(built) => Ok(built.path),
        Build::Refused(errors) | Build::NotModelled(errors) => {
            Err(errors.into_values().collect::<Vec<_>>().join("\n"))
        }
    })
}

fn build_within(
    kit: &Kit,
    stage: &Stage,
    exercise: &Exercise,
    program: Program,
    deadline: Duration,
) -> Result<Build> {
    let mut arguments: Vec<String> =
        ["build", "--release", "--offline", "--locked", "--message-format=json"]
            .map(str::to_owned)
            .to_vec();
    arguments.extend(all_packages(kit));
    // Nothing is timed in the graded tests, and without optimisation they compile
    // in a tenth of the time; what they use of the kit keeps it. The model is
    // compiled for the timed calls too, and they never use it.
    let mut light = Vec::new();
    if stage.root.join("tests/models").join(&exercise.id).is_dir() {
        light.push(format!("{}-model", exercise.id));
    }
    match program {
        Program::Graded => {
            arguments.extend(["--test".to_owned(), program.target_name(exercise)]);
            light.push(exercise.id.clone());
        }
        Program::Speed => {
            arguments.extend(["--bench".to_owned(), program.target_name(exercise)]);
        }
    }
    for package in light {
        let setting = format!("profile.release.package.{package}.opt-level=0");
        arguments.extend(["--config".to_owned(), setting]);
    }
    let outcome = cargo(&stage.root, stage, &arguments, deadline).run();
    match outcome.exit {
        Exit::Code(_) => understand(exercise, program, &outcome),
        Exit::TimedOut => Ok(Build::Refused(BTreeMap::from([(
            String::new(),
            format!(
                "the compiler was stopped after {} s. Look for a macro or a constant that never ends.",
                deadline.as_secs()
            ),
        )]))),
        Exit::Signal(signal) => bail!("cargo was ended by signal {signal}"),
        Exit::NotStarted(why) => bail!("cargo cannot be started: {why}"),
    }
}

/// Runs the examples in the documentation of all exercises.
#[must_use]
pub fn run_examples(kit: &Kit, stage: &Stage) -> Outcome {
    let mut arguments: Vec<String> =
        ["test", "--release", "--offline", "--locked", "--quiet", "--no-fail-fast", "--doc"]
            .map(str::to_owned)
            .to_vec();
    arguments.extend(all_packages(kit));
    cargo(&stage.root, stage, &arguments, DEADLINE).run()
}

/// Names every exercise to cargo, whichever is built: what they share is then
/// compiled with one set of features, and once. For one exercise at a time
/// there would be a harness with the features that this one asks for, and
/// another one with those of the next.
fn all_packages(kit: &Kit) -> impl Iterator<Item = String> {
    kit.exercises.iter().flat_map(|exercise| ["--package".to_owned(), exercise.id.clone()])
}

/// Whether an exercise has timed checks.
#[must_use]
pub fn has_speed(exercise: &Exercise) -> bool {
    exercise.checks().any(|check| check.kind == Kind::Speed)
}

/// Cargo with an environment of its own: nothing of the caller's flags,
/// wrappers or profiles reaches a graded build.
fn cargo(
    folder: &Path,
    stage: &Stage,
    arguments: &[impl AsRef<OsStr>],
    deadline: Duration,
) -> Child {
    let kept = ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "TMPDIR", "LANG"];
    let mut env: Vec<(OsString, OsString)> =
        kept.iter().filter_map(|name| Some(((*name).into(), std::env::var_os(name)?))).collect();
    env.push(("CARGO_TARGET_DIR".into(), stage.target.clone().into()));
    env.push(("CARGO_TERM_COLOR".into(), "never".into()));
    // An incremental cache serves small changes. From one submission to the next
    // nearly everything that uses it is compiled again, and writing it costs.
    env.push(("CARGO_INCREMENTAL".into(), "0".into()));
    Child {
        program: std::env::var_os("CARGO").map_or_else(|| "cargo".into(), PathBuf::from),
        args: arguments.iter().map(|argument| argument.as_ref().to_owned()).collect(),
        dir: Some(folder.to_owned()),
        env,
        deadline,
        output_cap: OUTPUT_CAP,
        request: None,
    }
}

fn require_success(outcome: &Outcome, what: &str) -> Result<()> {
    if outcome.exit == Exit::Code(0) {
        return Ok(());
    }
    bail!(
        "{what} failed ({:?}):\n{}",
        outcome.exit,
        String::from_utf8_lossy(&outcome.stderr).trim()
    )
}

#[derive(Debug, Deserialize)]
struct Message {
    reason: String,
    target: Option<Target>,
    executable: Option<PathBuf>,
    message: Option<Diagnostic>,
    success: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Diagnostic {
    level: String,
    rendered: Option<String>,
    spans: Vec<Span>,
}

#[derive(Debug, Deserialize)]
struct Span {
    file_name: String,
    is_primary: bool,
    text: Vec<SpanText>,
    expansion: Option<Box<Expansion>>,
}

impl Span {
    /// The span itself, and where it stands inside of a macro, the call of that
    /// macro, and of the macro around it: the student's file is there at last.
    fn with_calls(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |span| Some(&span.expansion.as_ref()?.span))
    }
}

/// The call of the macro that a span stands in.
#[derive(Debug, Deserialize)]
struct Expansion {
    span: Span,
}

#[derive(Debug, Deserialize)]
struct SpanText {
    text: String,
}

/// Reads cargo's messages. The programs are those that cargo names in this
/// very build; a leftover of an earlier one is never run.
fn understand(exercise: &Exercise, program: Program, outcome: &Outcome) -> Result<Build> {
    let name = program.target_name(exercise);
    let wanted = match program {
        Program::Graded => (name.as_str(), Some("test")),
        Program::Speed => (name.as_str(), Some("bench")),
    };
    let (mut path, mut success) = (None, false);
    let mut errors: BTreeMap<String, String> = BTreeMap::new();
    let mut of_model: BTreeMap<String, String> = BTreeMap::new();
    let model = format!("{}_model", exercise.id);
    let mut warnings = Vec::new();
    for line in outcome.stdout.split(|&byte| byte == b'\n') {
        let Ok(message) = serde_json::from_slice::<Message>(line) else { continue };
        match message.reason.as_str() {
            "build-finished" => success = message.success == Some(true),
            "compiler-artifact" => {
                let (Some(target), Some(executable)) = (message.target, message.executable) else {
                    continue;
                };
                if (target.name.as_str(), target.kind.first().map(String::as_str)) == wanted {
                    path = Some(executable);
                }
            }
            "compiler-message" => {
                let Some(diagnostic) = message.message else { continue };
                let text = diagnostic.rendered.clone().unwrap_or_default();
                if diagnostic.level.starts_with("error") && !diagnostic.spans.is_empty() {
                    let is_models = message.target.is_some_and(|target| target.name == model)
                        || diagnostic
                            .spans
                            .iter()
                            .filter(|span| span.is_primary)
                            .flat_map(Span::with_calls)
                            .any(|span| span.file_name.ends_with("_schedule.rs"));
                    let errors = if is_models { &mut of_model } else { &mut errors };
                    let known = errors.entry(question_of(exercise, &diagnostic)).or_default();
                    if !known.contains(text.trim_end()) {
                        known.push_str(&text);
                    }
                } else if diagnostic.level == "warning"
                    && diagnostic.spans.iter().any(|span| is_own(exercise, span))
                {
                    warnings.push(text);
                }
            }
            _ => {}
        }
    }
    if success && outcome.exit == Exit::Code(0) {
        let path = path.context("cargo named no program")?;
        return Ok(Build::Done(Built { path, warnings }));
    }
    let shortened = |errors: BTreeMap<String, String>| {
        errors.into_iter().map(|(question, text)| (question, shorten(&text))).collect()
    };
    if errors.is_empty() && !of_model.is_empty() {
        return Ok(Build::NotModelled(shortened(of_model)));
    }
    if errors.is_empty() {
        // The compiler itself may have died, of a macro that recurses for ever, say.
        let said = String::from_utf8_lossy(&outcome.stderr);
        let last: Vec<&str> = said.lines().rev().take(10).collect();
        errors.insert(String::new(), last.into_iter().rev().collect::<Vec<_>>().join("\n"));
    }
    Ok(Build::Refused(shortened(errors)))
}

fn is_own(exercise: &Exercise, span: &Span) -> bool {
    span.file_name.contains(&format!("{}/", exercise.id))
}

/// The question that an error belongs to: by the student's file, by the
/// test that uses it, or by the line of the crate root that exports from it.
fn question_of(exercise: &Exercise, diagnostic: &Diagnostic) -> String {
    let primary = diagnostic.spans.iter().filter(|span| span.is_primary);
    let spans: Vec<&Span> = primary
        .chain(diagnostic.spans.iter().filter(|span| !span.is_primary))
        .flat_map(Span::with_calls)
        .collect();
    let matching = |test: &dyn Fn(&Span, &str) -> bool| {
        spans.iter().find_map(|span| {
            exercise.questions.iter().find(|question| {
                let stem = question.file.trim_start_matches("src/").trim_end_matches(".rs");
                test(span, stem)
            })
        })
    };
    let by_file = matching(&|span, stem| {
        span.file_name.ends_with(&format!("/src/{stem}.rs"))
            || span.file_name.contains(&format!("/src/{stem}/"))
    });
    let by_export =
        || matching(&|span, stem| span.text.iter().any(|line| line.text.contains(stem)));
    let by_test = || {
        spans.iter().find_map(|span| {
            exercise.questions.iter().find(|question| {
                let module = format!("/q{}", question.id.replace('.', "_"));
                let name = span.file_name.trim_end_matches(".rs").trim_end_matches("_schedule");
                name.ends_with(&module)
            })
        })
    };
    by_file
        .or_else(by_export)
        .or_else(by_test)
        .map(|question| question.id.clone())
        .unwrap_or_default()
}

fn shorten(text: &str) -> String {
    let mut lines: Vec<&str> = text.trim_end().lines().collect();
    if lines.len() > SHOWN_LINES {
        lines.truncate(SHOWN_LINES);
        lines.push("… (more errors follow; mend these first)");
    }
    lines.join("\n")
}
