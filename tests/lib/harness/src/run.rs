//! Runs one check in this process, for a supervisor that trusts only the
//! private channel; the entry point of every graded test binary.

use std::any::Any;
use std::io::{BufRead, BufReader, Write};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::panic::{PanicHookInfo, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use course::catalog::Exercise;
use course::channel::{PROBE, Reply, Request};
use course::fault::MachineFault;
use course::verdict::Reason;
use supervise::{channel, shim};

use crate::program::{self, PROGRAM_ARGUMENT, Program};
use crate::schedule::NotModelled;
use crate::{heap, probe, suite};

/// The argument that makes a graded test binary read a request from its
/// standard input and run that one check.
pub(crate) const CHECK_ARGUMENT: &str = "--check";

/// One check: its name in the catalogue and the function that panics when it
/// does not hold.
#[derive(Debug, Clone, Copy)]
pub struct GradedTest {
    /// Full name, such as `1.1/sieve`.
    pub id: &'static str,
    /// The body of the check.
    pub run: fn(),
}

/// Everything that a graded test binary is made of; see [`graded!`](crate::graded!).
#[derive(Debug, Clone, Copy)]
pub struct Suite {
    /// The text of the exercise's `exercise.toml`.
    pub catalog: &'static str,
    /// The folder of the package under test.
    pub folder: &'static str,
    /// The name of the package under test.
    pub package: &'static str,
    /// The folder of the snapshots, relative to the workspace.
    pub snapshots: &'static str,
    /// The checks of each question.
    pub tests: &'static [&'static [GradedTest]],
    /// The programs that the checks of each question start.
    pub programs: &'static [&'static [Program]],
    /// What was laid for each crate of this program, as its compiler saw it.
    pub laid: &'static [Option<&'static str>],
}

impl Suite {
    /// The function of a check.
    pub(crate) fn test(&self, id: &str) -> Option<GradedTest> {
        self.tests.iter().copied().flatten().copied().find(|test| test.id == id)
    }

    /// Reads the catalogue and compares it with the functions that are here.
    pub(crate) fn exercise(&self) -> Result<Exercise, String> {
        let exercise = Exercise::parse(self.catalog)?;
        for check in exercise.checks().filter(|check| check.runs_in_tests()) {
            if self.test(&check.id).is_none() {
                return Err(format!("check {} has no test function", check.id));
            }
        }
        for test in self.tests.iter().copied().flatten() {
            if !exercise.checks().any(|check| check.id == test.id && check.runs_in_tests()) {
                return Err(format!("test function {} is not in exercise.toml", test.id));
            }
        }
        Ok(exercise)
    }

    /// What this program was compiled from: what was laid, if that is the same
    /// for all of its crates; empty outside of a grade.
    pub(crate) fn identity(&self) -> String {
        let mut parts: Vec<&str> = self.laid.iter().map(|part| part.unwrap_or_default()).collect();
        parts.dedup();
        parts.join(" and ")
    }

    fn workspace(&self) -> PathBuf {
        Path::new(self.folder).join("../..")
    }
}

/// The entry point of a graded test binary.
///
/// Without `--check` it runs every check, or those whose name contains an
/// argument, each in a child process of its own, and prints what to do next.
#[must_use]
pub fn main(suite: &Suite) -> ExitCode {
    if let Some(failed) = shim::enter() {
        return failed;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments == [CHECK_ARGUMENT] {
        return match run_requested(suite) {
            Ok(code) => code,
            Err(error) => {
                eprintln!("{CHECK_ARGUMENT} is for the checker: {error}");
                ExitCode::from(2)
            }
        };
    }
    if let [PROGRAM_ARGUMENT, name, arguments @ ..] =
        arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice()
    {
        return program::run(suite.programs, name, arguments);
    }
    match suite.exercise() {
        Ok(exercise) => suite::run(suite, &exercise, &arguments),
        Err(error) => {
            eprintln!("the kit is broken: {error}\nTell the course staff.");
            ExitCode::from(3)
        }
    }
}

struct Context {
    request: Request,
    channel: Mutex<UnixStream>,
    folder: PathBuf,
    snapshots: PathBuf,
}

static CONTEXT: OnceLock<Context> = OnceLock::new();

/// The panics of this process with the place of each, newest last.
static PANICS: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

/// What the machine has refused to the check itself, if anything, on any thread.
static FAULT: Mutex<Option<String>> = Mutex::new(None);

/// Takes the request and the channel before anything of the student's runs,
/// runs the check and gives back the proof after its last assertion.
fn run_requested(suite: &Suite) -> std::io::Result<ExitCode> {
    let (request, mut channel) = take_channel()?;
    send(&mut channel, &Reply::Started { identity: suite.identity() })?;
    let fault = |mut channel, message| {
        send(&mut channel, &Reply::Fault { message }).map(|()| ExitCode::from(3))
    };
    std::panic::set_hook(Box::new(remember_panic));
    if request.check == PROBE {
        return match probe::needs() {
            Ok(()) => {
                let finished = Reply::Finished { nonce: request.nonce, check: request.check };
                send(&mut channel, &finished).map(|()| ExitCode::SUCCESS)
            }
            Err(missing) => fault(channel, missing),
        };
    }
    let Some(test) = suite.test(&request.check) else {
        return fault(channel, format!("there is no check `{}` in this program", request.check));
    };
    heap::set_cap(request.heap_cap_bytes, channel.as_raw_fd());
    let finished = Reply::Finished { nonce: request.nonce.clone(), check: request.check.clone() };
    CONTEXT.get_or_init(|| Context {
        // The nonce stays in this function: nothing that a check can call has it.
        request: Request { nonce: String::new(), ..request },
        channel: Mutex::new(channel),
        folder: suite.folder.into(),
        snapshots: suite.workspace().join(suite.snapshots),
    });
    let ended = catch_unwind(test.run);
    if let Some(message) = held(&FAULT).clone() {
        reply(&Reply::Fault { message });
        std::process::exit(3);
    }
    match ended {
        Ok(()) => {
            reply(&finished);
            // Ends at once: a thread that outlives the check changes nothing.
            std::process::exit(0);
        }
        Err(panic) if panic.is::<NotModelled>() => {
            let message =
                panic.downcast::<NotModelled>().map_or_else(|_| String::new(), |said| said.0);
            reply(&Reply::NotModelled { message });
            std::process::exit(1);
        }
        Err(panic) => {
            let (reason, message) = explain(&panic_text(panic.as_ref()));
            reply(&Reply::Failed { reason, message });
            std::process::exit(1);
        }
    }
}

fn take_channel() -> std::io::Result<(Request, UnixStream)> {
    let channel = channel::take()?;
    let mut line = String::new();
    BufReader::new(&channel).read_line(&mut line)?;
    Ok((serde_json::from_str(&line)?, channel))
}

/// Sends a reply to the supervisor; without one (a unit test) it is dropped.
pub(crate) fn reply(reply: &Reply) {
    let Some(context) = CONTEXT.get() else { return };
    // A supervisor that is gone kills this process anyway.
    let _ = send(&mut held(&context.channel), reply);
}

/// Most bytes of a message: a supervisor reads no more than a few of that size.
const MESSAGE_CAP: usize = 64 << 10;

fn send(channel: &mut UnixStream, reply: &Reply) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(reply)?;
    line.push(b'\n');
    channel.write_all(&line)
}

/// The first part of a text that may be very long.
fn shortened(text: &str) -> String {
    match text.get(..text.floor_char_boundary(MESSAGE_CAP)) {
        Some(first) if first.len() < text.len() => format!("{first}…"),
        _ => text.to_owned(),
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The request of this process; a neutral one in a unit test.
pub(crate) fn request() -> Request {
    CONTEXT.get().map_or_else(
        || Request {
            check: "0.0/unit-test".to_owned(),
            nonce: String::new(),
            salt: 0,
            heap_cap_bytes: u64::MAX,
            repeat: "cargo test".to_owned(),
        },
        |context| context.request.clone(),
    )
}

/// The folder of the package under test.
pub(crate) fn package_folder() -> PathBuf {
    CONTEXT.get().map_or_else(PathBuf::new, |context| context.folder.clone())
}

/// The folder of the exercise's snapshots.
pub(crate) fn snapshot_folder() -> PathBuf {
    CONTEXT.get().map_or_else(PathBuf::new, |context| context.snapshots.clone())
}

/// What a panic said.
pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .map_or_else(|| "a panic without a text".to_owned(), shortened)
}

/// Whether a panic of this process, on any thread, said so.
pub(crate) fn panics_said(matches: impl Fn(&str) -> bool) -> bool {
    held(&PANICS).iter().any(|(said, _)| matches(said))
}

fn remember_panic(info: &PanicHookInfo<'_>) {
    if let Some(MachineFault(what)) = info.payload().downcast_ref() {
        held(&FAULT).get_or_insert_with(|| what.clone());
    }
    let place = info
        .location()
        .map(|location| format!("{}:{}", location.file(), location.line()))
        .unwrap_or_default();
    let mut panics = held(&PANICS);
    if panics.len() >= 64 {
        panics.remove(0);
    }
    panics.push((panic_text(info.payload()), place));
}

/// Tells a failed assertion of a check from a panic in the student's file,
/// and that from a stub which was not written yet.
fn explain(text: &str) -> (Reason, String) {
    let panics = held(&PANICS);
    // A property adds its own words behind those of the panic.
    let from = panics
        .iter()
        .rev()
        .find(|(said, _)| !said.is_empty() && text.starts_with(said.as_str()) && said != text);
    let from = from.or_else(|| panics.iter().rev().find(|(said, _)| said == text));
    let students = from.and_then(|(_, place)| place.rfind("src/q").map(|at| &place[at..]));
    if text.starts_with("not yet implemented") || text.starts_with("not implemented") {
        let task = text.split_once(": ").map_or(text, |(_, task)| task);
        let task = task.split("\n  smallest failing input").next().unwrap_or(task);
        (Reason::NotImplemented, format!("not written yet: {task}"))
    } else if let Some(place) = students {
        (Reason::Panicked, format!("your code panicked at {place}: {text}"))
    } else {
        (Reason::Assertion, text.to_owned())
    }
}
