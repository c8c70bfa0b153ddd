//! The program of an exercise's timed calls, in its three modes: it serves calls,
//! it measures, or it is a student's `cargo bench`.

use std::io::{BufRead, BufReader, Write};
use std::process::ExitCode;

use course::catalog::Exercise;
use course::judge::judge_speed;
use course::measure::{
    MEASURE_ARGUMENT, MeasureReply, MeasureRequest, SERVE_ARGUMENT, TimedProgram,
};
use course::verdict::Verdict;
use criterion::Criterion;
use supervise::{Launcher, Limits, channel, pin_to_one_cpu, shim};

use crate::measure::{MeasureSettings, measure};
use crate::scratch::scratch;
use crate::serve::serve;
use crate::workload::{TimedCall, Workload};

/// What a program of timed calls is made of; see [`timed!`](crate::timed!).
#[derive(Debug, Clone, Copy)]
pub struct TimedSuite {
    /// The text of the exercise's `exercise.toml`.
    pub catalog: &'static str,
    /// The timed functions of the exercise.
    pub calls: &'static [TimedCall],
    /// What they are measured on, and perhaps other questions' too.
    pub workloads: fn() -> Vec<Workload>,
    /// What was laid for each crate of this program, as its compiler saw it.
    pub laid: &'static [Option<&'static str>],
}

impl TimedSuite {
    /// What this program was compiled from; empty outside of a grade.
    fn identity(&self) -> String {
        let mut parts: Vec<&str> = self.laid.iter().map(|part| part.unwrap_or_default()).collect();
        parts.dedup();
        parts.join(" and ")
    }

    fn workload(&self, question: &str) -> Option<Workload> {
        (self.workloads)().into_iter().find(|workload| workload.question == question)
    }
}

/// The entry point of a program of timed calls.
#[must_use]
pub fn main(suite: &TimedSuite) -> ExitCode {
    if let Some(failed) = shim::enter() {
        return failed;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mode = match arguments.as_slice() {
        [mode] if mode == SERVE_ARGUMENT => serve(suite.calls, &suite.identity()),
        [mode] if mode == MEASURE_ARGUMENT => measure_requested(suite),
        _ => return bench(suite, &arguments),
    };
    match mode {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("this mode is for the checker: {error}");
            ExitCode::from(2)
        }
    }
}

/// Measures what is asked for over the private channel at standard input.
fn measure_requested(suite: &TimedSuite) -> std::io::Result<()> {
    let mut channel = channel::take()?;
    let mut line = String::new();
    BufReader::new(&channel).read_line(&mut line)?;
    let request: MeasureRequest = serde_json::from_str(&line)?;
    let reply = match suite.workload(&request.question) {
        Some(workload) => measured(&workload, &request),
        None => MeasureReply::Fault(format!("question {} is not timed", request.question)),
    };
    let mut line = serde_json::to_vec(&reply)?;
    line.push(b'\n');
    channel.write_all(&line)
}

fn measured(workload: &Workload, request: &MeasureRequest) -> MeasureReply {
    if request.one_cpu
        && let Err(error) = pin_to_one_cpu()
    {
        return MeasureReply::Fault(format!("the process cannot be pinned to one CPU: {error}"));
    }
    let settings = MeasureSettings {
        kit: request.kit.clone(),
        salt: request.salt,
        threshold: request.threshold,
        submission: request.submission.clone(),
        reference: request.reference.clone(),
    };
    // criterion draws with the kit's `plotters`, which takes no font of the system.
    plotting::prepare_font();
    let mut criterion = quietly(Criterion::default);
    let measured = measure(workload, &settings, &mut criterion);
    // Writes the page that links the plots of all windows.
    criterion.final_summary();
    measured.map_or_else(MeasureReply::Fault, |evidence| MeasureReply::Measured(Box::new(evidence)))
}

/// `cargo bench -p exercise4`: measures every question whose number or name
/// contains one of the arguments, by the same rule as the grade of record, with a
/// kernel of the kit in the third arm.
fn bench(suite: &TimedSuite, arguments: &[String]) -> ExitCode {
    // `cargo test --benches` runs benches too; timing belongs to `cargo bench`.
    if !arguments.iter().any(|argument| argument == "--bench") {
        println!("speed is measured by `cargo bench` and `cargo grade`");
        return ExitCode::SUCCESS;
    }
    match bench_all(suite, arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(3)
        }
    }
}

/// Measures and judges; returns whether nothing failed.
fn bench_all(suite: &TimedSuite, arguments: &[String]) -> Result<bool, String> {
    let exercise = Exercise::parse(suite.catalog)?;
    let words: Vec<&String> =
        arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    // Here lie also the files that the killed program leaves behind.
    let scratch = scratch().map_err(|error| error.to_string())?;
    let submission = this_program(suite, scratch.path()).map_err(|error| error.to_string())?;
    let mut none_failed = true;
    for workload in (suite.workloads)() {
        let id = format!("{}/speed", workload.question);
        let Some(check) = exercise.checks().find(|check| check.id == id) else { continue };
        let Some(threshold) = check.speed else { continue };
        let offered = suite.calls.iter().any(|call| call.question == workload.question);
        if !offered || !(words.is_empty() || words.iter().any(|word| id.contains(word.as_str()))) {
            continue;
        }
        println!(
            "\n{id}: one second in criterion's figures stands for the time of the sequential version, \
             so 500 ms is twice as fast."
        );
        let settings = MeasureSettings {
            kit: "workspace".to_owned(),
            salt: 0,
            threshold,
            submission: submission.clone(),
            reference: None,
        };
        let mut criterion = quietly(Criterion::default).without_plots();
        let judged = judge_speed(&measure(&workload, &settings, &mut criterion)?);
        println!("\n{id}: {}\n  {}\n", judged.verdict, judged.message);
        none_failed &= judged.verdict != Verdict::Fail;
    }
    Ok(none_failed)
}

/// Runs `make` with standard error closed: while criterion is made it says that there
/// is no gnuplot, which nobody needs here. Where that cannot be done, it is heard.
fn quietly<T>(make: impl FnOnce() -> T) -> T {
    let stderr = std::io::stderr();
    let kept = rustix::io::fcntl_dupfd_cloexec(&stderr, 3);
    let null = std::fs::OpenOptions::new().write(true).open("/dev/null");
    let (Ok(kept), Ok(null)) = (kept, null) else { return make() };
    let silenced = rustix::stdio::dup2_stderr(null);
    let made = make();
    if silenced.is_ok() {
        // The descriptor was standard error a moment ago, so there is room for it.
        let _ = rustix::stdio::dup2_stderr(kept);
    }
    made
}

/// This program as the submission's side of a measurement.
fn this_program(suite: &TimedSuite, scratch: &std::path::Path) -> std::io::Result<TimedProgram> {
    let Launcher::Through(launcher, args) = Launcher::this_program(Limits::STUDENT)? else {
        return Err(std::io::Error::other("no launcher"));
    };
    Ok(TimedProgram {
        launcher: std::iter::once(launcher.into_os_string()).chain(args).collect(),
        program: std::env::current_exe()?,
        env: std::env::vars_os().chain([("TMPDIR".into(), scratch.into())]).collect(),
        identity: suite.identity(),
    })
}
