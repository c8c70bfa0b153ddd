//! Builds one program of an exercise, and makes sure that it is the right one.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};
use course::catalog::{Exercise, Kind};
use course::channel::{HEAP_CAP, PROBE, Reply, Request};
use course::measure::SERVE_ARGUMENT;
use course::outcome::{Exit, Outcome};
use kit::Kit;
use kit::error::Interrupted;
use supervise::Command;

use super::diagnostics::{CompilerError, Diagnostics};
use super::stage::{Laid, Place};
use super::{Cargo, Stage, isolation};

/// How long the compiler may take over one submission.
pub const DEADLINE: Duration = Duration::from_secs(180);

/// How long a program may take to say what it was compiled from.
const GREETING: Duration = Duration::from_secs(20);

/// The argument that makes a graded test program wait for a request.
pub const CHECK_ARGUMENT: &str = "--check";

/// One of the programs of an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// The graded tests.
    Graded,
    /// The timed calls.
    Timed,
}

impl Program {
    /// What cargo calls it: `graded4` or `timed4`. No two exercises have a
    /// program of one name, so that a build that names them all makes only one.
    fn target_name(self, exercise: &Exercise) -> String {
        match self {
            Self::Graded => format!("graded{}", exercise.number()),
            Self::Timed => format!("timed{}", exercise.number()),
        }
    }
}

/// What came of a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Build {
    /// The program is there, compiled from what was laid.
    Done(Built),
    /// The compiler refused.
    Refused(Vec<CompilerError>),
    /// The compiler was stopped at its deadline.
    TooLong(Duration),
    /// The build failed without a word of the compiler's, or gave another program:
    /// what was said, for the course staff.
    Failed(String),
}

/// A program that was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// Where it is.
    pub path: PathBuf,
    /// Warnings about the exercise's own files and its tests.
    pub warnings: Vec<String>,
    /// What was laid, as the program itself says.
    pub identity: String,
    /// What the machine does not give it, if anything.
    pub missing: Option<String>,
}

/// Builds one program of an exercise from what was laid.
///
/// A program that says it was compiled from something else is built again once,
/// without anything that cargo kept of it.
///
/// # Errors
/// When the run was interrupted, or the disk cannot be written.
pub fn build(
    cargo: &Cargo,
    place: &Place<'_>,
    laid: &Laid,
    program: Program,
    deadline: Duration,
) -> Result<Build> {
    let first = compile(cargo, place, laid, program, deadline)?;
    match first {
        Build::Failed(_) | Build::TooLong(_) | Build::Refused(_) => Ok(first),
        Build::Done(built) if built.identity == laid.identity && laid.is_intact() => {
            Ok(Build::Done(built))
        }
        Build::Done(_) => {
            forget(place.stage, place.exercise)?;
            match compile(cargo, place, laid, program, deadline)? {
                Build::Done(built) if built.identity != laid.identity => {
                    Ok(Build::Failed(format!(
                        "the program was compiled from `{}` instead of `{}`, twice",
                        built.identity, laid.identity
                    )))
                }
                Build::Done(_) if !laid.is_intact() => Ok(Build::Failed(
                    "somebody changes the sources while they are compiled".to_owned(),
                )),
                second => Ok(second),
            }
        }
    }
}

/// Throws away what cargo knows of an exercise's crates.
fn forget(stage: &Stage, exercise: &Exercise) -> Result<()> {
    let folder = stage.target.join("release/.fingerprint");
    for path in kit::files::list(&folder).unwrap_or_default() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let crates = [format!("{}-", exercise.id), format!("{}-model-", exercise.id)];
        if crates.iter().any(|of| name.starts_with(of.as_str())) {
            std::fs::remove_dir_all(&path)?;
        }
    }
    Ok(())
}

fn compile(
    cargo: &Cargo,
    place: &Place<'_>,
    laid: &Laid,
    program: Program,
    deadline: Duration,
) -> Result<Build> {
    let (exercise, stage) = (place.exercise, place.stage);
    let target = program.target_name(exercise);
    let mut arguments: Vec<String> =
        ["--release", "--offline", "--locked", "--message-format=json"].map(str::to_owned).to_vec();
    arguments.extend(all_packages(place.kit));
    // Nothing is timed in the graded tests, and without optimisation they compile
    // in a tenth of the time; what they use of the kit keeps it. The model is
    // compiled for the timed calls too, and they never use it.
    let mut light = Vec::new();
    if place.kit.is_modelled(exercise) {
        light.push(format!("{}-model", exercise.id));
    }
    match program {
        Program::Graded => {
            arguments.extend(["--test".to_owned(), target.clone()]);
            light.push(exercise.id.clone());
        }
        Program::Timed => arguments.extend(["--bench".to_owned(), target.clone()]),
    }
    for package in light {
        let setting = format!("profile.release.package.{package}.opt-level=0");
        arguments.extend(["--config".to_owned(), setting]);
    }
    let command = cargo.build(stage, &laid.identity)?;
    let command = Command { args: Vec::new(), ..command.clone() }
        .args(["build"])
        .args(command.args)
        .args(arguments);
    let outcome = isolation::read(command.run(deadline, None));
    match outcome.exit {
        Exit::Code(_) => {
            let found = Diagnostics::read(exercise, &outcome.stdout);
            match (found.success, found.program(&target)) {
                (true, Some(path)) => greet(cargo, place, program, path, found.warnings.clone()),
                _ if found.errors.is_empty() => Ok(Build::Failed(said(&outcome))),
                _ => Ok(Build::Refused(found.errors)),
            }
        }
        Exit::TimedOut => Ok(Build::TooLong(deadline)),
        Exit::Interrupted | Exit::Stopped => bail!(Interrupted),
        Exit::TooManyTasks | Exit::DiskFilled => {
            Ok(Build::Failed("the compiler has more threads and processes than it may".to_owned()))
        }
        Exit::Signal(signal) => {
            Ok(Build::Failed(format!("cargo was ended by signal {signal}\n{}", said(&outcome))))
        }
        Exit::NotStarted(why) => Ok(Build::Failed(format!("cargo cannot be started: {why}"))),
    }
}

/// Asks a program what it was compiled from and, where it is the graded tests,
/// whether the machine gives it what every check needs.
fn greet(
    cargo: &Cargo,
    place: &Place<'_>,
    program: Program,
    path: &Path,
    warnings: Vec<String>,
) -> Result<Build> {
    let built = |identity, missing| {
        Build::Done(Built { path: path.to_owned(), warnings, identity, missing })
    };
    // As its checks, it gets a folder of its own.
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(error) => return Ok(Build::Failed(format!("no temporary folder: {error}"))),
    };
    // What the machine has to give is asked with all that any check needs.
    let questions = place.exercise.questions.iter();
    let needs = questions.flat_map(|question| &question.needs).copied().collect();
    let (isolation, stage) = (cargo.isolation(), &place.stage.root);
    let hold = isolation.check(path, stage, folder.path(), &needs)?;
    let command = Command { env: hold.env, ..Command::new(path, hold.launcher) };
    let command = command.dir(folder.path());
    if program == Program::Timed {
        let process = command.args([SERVE_ARGUMENT]).start()?;
        let mut line = String::new();
        if let Some(channel) = process.channel() {
            channel.set_read_timeout(Some(GREETING))?;
            // A program that says nothing has no identity.
            let _ = BufReader::new(channel).read_line(&mut line);
        }
        return Ok(match serde_json::from_str(&line) {
            Ok(Reply::Started { identity }) => built(identity, None),
            _ => built(String::new(), None),
        });
    }
    let request = Request {
        check: PROBE.to_owned(),
        nonce: PROBE.to_owned(),
        salt: 0,
        heap_cap_bytes: HEAP_CAP,
        repeat: String::new(),
    };
    let outcome = isolation::read(command.args([CHECK_ARGUMENT]).run(GREETING, Some(&request)));
    let identity = outcome.replies.iter().find_map(|reply| match reply {
        Reply::Started { identity } => Some(identity.clone()),
        _ => None,
    });
    let Some(identity) = identity else {
        return Ok(Build::Failed(format!("the program does not start: {}", said(&outcome))));
    };
    let missing = outcome.replies.iter().find_map(|reply| match reply {
        Reply::Fault { message } => Some(message.clone()),
        _ => None,
    });
    Ok(built(identity, missing))
}

/// Runs the examples in the documentation of all exercises.
#[must_use]
pub fn run_examples(cargo: &Cargo, kit: &Kit, stage: &Stage) -> Outcome {
    let command = cargo.in_stage(stage, "examples");
    let options = ["--release", "--offline", "--locked", "--quiet", "--no-fail-fast", "--doc"];
    Command { args: Vec::new(), ..command.clone() }
        .args(["test"])
        .args(command.args)
        .args(options)
        .args(all_packages(kit))
        .run(DEADLINE, None)
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
pub fn has_timed(exercise: &Exercise) -> bool {
    exercise.checks().any(|check| check.kind == Kind::Speed)
}

/// The last lines of what a program wrote to its standard error.
fn said(outcome: &Outcome) -> String {
    let text = String::from_utf8_lossy(&outcome.stderr);
    let lines: Vec<&str> = text.trim().lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

/// Takes nothing but an end in order.
///
/// # Errors
/// When the program ended otherwise, with the last lines of what it said.
pub fn require_success(outcome: &Outcome, what: &str) -> Result<()> {
    match outcome.exit {
        Exit::Code(0) => Ok(()),
        Exit::Interrupted => bail!(Interrupted),
        _ => bail!("{what} failed ({:?}):\n{}", outcome.exit, said(outcome)),
    }
}
