//! Runs one speed check: a process of the checker measures, this one judges.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use course::catalog::{Check, SpeedThreshold};
use course::child::Child;
use course::evidence::SpeedEvidence;
use course::judge::judge_speed;
use course::outcome::Exit;
use course::verdict::{Judgement, Reason, Verdict};
use criterion::Criterion;
use rand::RngExt;
use speed::{ArmProgram, MeasureSettings, Workload, measure, workloads};

use crate::cli;
use crate::record::Judged;
use crate::references;

/// How long one measurement may take in all.
const DEADLINE: Duration = Duration::from_secs(60);

/// Measurements after which an inconclusive verdict stays.
const ATTEMPTS: u32 = 3;

/// What a speed check needs beside its entry in the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct SpeedRun<'a> {
    /// The program that runs the submission.
    pub arm: &'a Path,
    /// Content hash of the kit.
    pub kit: &'a str,
    /// Where the seeds come from.
    pub salt: u64,
    /// The folder for evidence and plots.
    pub evidence: &'a Path,
}

/// Measures and judges, again after a pause where the machine was too busy.
#[must_use]
pub fn run_speed(check: &Check, run: SpeedRun<'_>, progress: &dyn Fn(&str)) -> Judged {
    let start = std::time::Instant::now();
    let mut judged = Judged::at_once(fault("nothing was measured"));
    for attempt in 1..=ATTEMPTS {
        let file = run.evidence.join(format!("{}-{attempt}.json", check.id.replace('/', "-")));
        judged.judgement = match measure_in_child(check, run, &file, attempt) {
            Ok(evidence) => judge_speed(&evidence),
            Err(error) => fault(&format!("{error:#}")),
        };
        judged.evidence = file.is_file().then(|| file.display().to_string());
        if judged.judgement.reason != Reason::MachineBusy || attempt == ATTEMPTS {
            break;
        }
        progress(&format!("{}: the machine is busy, measuring again", check.id));
        let pause = rand::rng().random_range(1000..3000) * u64::from(attempt);
        std::thread::sleep(Duration::from_millis(pause));
    }
    judged.duration_s = start.elapsed().as_secs_f64();
    judged
}

fn fault(why: &str) -> Judgement {
    Judgement::open(
        Verdict::Error,
        Reason::CheckerFault,
        format!(
            "the speed could not be measured: {why}. Grade again; if it stays, tell the course staff."
        ),
    )
}

fn measure_in_child(
    check: &Check,
    run: SpeedRun<'_>,
    file: &Path,
    attempt: u32,
) -> Result<SpeedEvidence> {
    let threshold = check.speed.context("the check has no threshold")?;
    let question = check.id.trim_end_matches("/speed");
    // Each attempt draws its own inputs.
    let salt = run.salt.wrapping_add(u64::from(attempt - 1) << 32);
    let mut args: Vec<OsString> = vec!["measure".into()];
    for (name, value) in [
        ("--question", question.to_owned()),
        ("--kit", run.kit.to_owned()),
        ("--salt", salt.to_string()),
        ("--full", threshold.full.to_string()),
        ("--half", threshold.half.to_string()),
    ] {
        args.extend([name.into(), value.into()]);
    }
    args.extend(["--arm".into(), run.arm.into(), "--evidence".into(), file.into()]);
    let home = run.evidence.join(format!("criterion-{}-{attempt}", check.id.replace('/', "-")));
    // Inputs on disk lie here, also those that a killed process leaves behind.
    let scratch = tempfile::tempdir().context("a folder for the timed calls")?;
    let outcome = Child {
        program: std::env::current_exe().context("this program")?,
        args,
        dir: None,
        env: vec![
            ("CRITERION_HOME".into(), home.into()),
            ("RUST_BACKTRACE".into(), "0".into()),
            ("TMPDIR".into(), scratch.path().into()),
        ],
        deadline: DEADLINE,
        output_cap: 16 << 10,
        request: None,
    }
    .run();
    if outcome.exit != Exit::Code(0) {
        anyhow::bail!("{:?}: {}", outcome.exit, String::from_utf8_lossy(&outcome.stderr).trim());
    }
    read_evidence(file)
}

/// Reads an evidence file.
///
/// # Errors
/// When it cannot be read, or is none.
pub fn read_evidence(file: &Path) -> Result<SpeedEvidence> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    serde_json::from_slice(&bytes)
        .with_context(|| format!("{}: not an evidence file", file.display()))
}

/// The hidden `checker measure`: measures in this process, which does nothing
/// else, and writes the evidence.
///
/// # Errors
/// When there is no such question or the file cannot be written.
pub fn measure_here(options: &cli::Measure) -> Result<()> {
    let workload = with_solution(
        workloads()
            .into_iter()
            .find(|workload| workload.question == options.question)
            .with_context(|| format!("question {} is not timed", options.question))?,
    );
    let threads = workload.means.threads();
    let arm = ArmProgram {
        program: options.arm.clone(),
        args: vec![speed::SERVE_ARGUMENT.into()],
        env: vec![
            ("RAYON_NUM_THREADS".into(), threads.to_string().into()),
            ("TMPDIR".into(), std::env::temp_dir().into()),
        ],
    };
    let settings = MeasureSettings {
        kit: options.kit.clone(),
        salt: options.salt,
        threshold: SpeedThreshold { full: options.full, half: options.half },
    };
    let mut criterion = Criterion::default();
    let evidence = measure(&workload, &arm, &settings, &mut criterion);
    let json = serde_json::to_vec(&evidence)?;
    // Written whole or not at all.
    let unfinished: PathBuf = options.evidence.with_extension("unfinished");
    std::fs::write(&unfinished, json).with_context(|| unfinished.display().to_string())?;
    std::fs::rename(&unfinished, &options.evidence)
        .with_context(|| options.evidence.display().to_string())
}

/// Puts the reference solution into the third arm.
fn with_solution(workload: Workload) -> Workload {
    match references::arms().find(|arm| arm.question == workload.question) {
        Some(arm) => workload.with_reference_solution(arm.prepare),
        None => workload,
    }
}
