//! Runs one speed check: a process of the checker measures, this one judges.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use course::catalog::{Check, SpeedThreshold};
use course::child::Child;
use course::evidence::{Evidence, SpeedEvidence};
use course::judge::judge_speed;
use course::outcome::Exit;
use course::verdict::{Judgement, Reason, Verdict};
use criterion::Criterion;
use rand::RngExt;
use speed::{ArmProgram, MeasureSettings, Workload, measure, scratch, workloads};

use crate::cli;
use crate::evidence_file::{read_evidence, write_evidence};
use crate::record::Judged;
use crate::references;

/// How long one measurement may take in all.
const DEADLINE: Duration = Duration::from_secs(60);

/// Measurements after which an inconclusive verdict of a grade stays.
pub const ATTEMPTS: u32 = 3;

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

/// Measures and judges; where the machine was too busy again after a pause, up
/// to `attempts` times in all.
#[must_use]
pub fn run_speed(
    check: &Check,
    run: SpeedRun<'_>,
    attempts: u32,
    progress: &dyn Fn(&str),
) -> Judged {
    let start = std::time::Instant::now();
    let mut judged = Judged::at_once(fault("nothing was measured"));
    for attempt in 1..=attempts {
        let file = run.evidence.join(format!("{}-{attempt}.json", check.id.replace('/', "-")));
        judged.judgement = match measure_in_child(check, run, &file, attempt, false) {
            Ok(evidence) => judge_speed(&evidence),
            Err(error) => fault(&format!("{error:#}")),
        };
        judged.evidence = file.is_file().then(|| file.display().to_string());
        let plots = criterion_home(check, run, attempt).join("report/index.html");
        judged.plots = plots.is_file().then(|| plots.display().to_string());
        if judged.judgement.reason != Reason::MachineBusy || attempt == attempts {
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

/// A fresh folder for what criterion writes of one attempt.
fn criterion_home(check: &Check, run: SpeedRun<'_>, attempt: u32) -> PathBuf {
    run.evidence.join(format!("criterion-{}-{attempt}", check.id.replace('/', "-")))
}

/// Measures one speed check in a process of its own and returns the raw
/// numbers, which are then also in `file`. With `one_cpu` that process and the
/// submission's share a single CPU.
///
/// # Errors
/// When the process fails or leaves no evidence.
pub fn measure_in_child(
    check: &Check,
    run: SpeedRun<'_>,
    file: &Path,
    attempt: u32,
    one_cpu: bool,
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
    if one_cpu {
        args.push("--one-cpu".into());
    }
    let home = criterion_home(check, run, attempt);
    // criterion would compare with what an earlier run left there, and it panics
    // where neither has two different samples, as on a busy machine.
    match std::fs::remove_dir_all(&home) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(error).with_context(|| home.display().to_string());
        }
        _ => {}
    }
    // Here lie also the files that a killed process leaves behind.
    let scratch = scratch().context("a folder for the timed calls")?;
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
    match read_evidence(file)? {
        Evidence::Speed(evidence) => Ok(evidence),
        Evidence::Memory(_) => anyhow::bail!("{}: evidence of memory", file.display()),
    }
}

/// The hidden `checker measure`: measures in this process, which does nothing
/// else, and writes the evidence.
///
/// # Errors
/// When there is no such question or the file cannot be written.
pub fn measure_here(options: &cli::Measure) -> Result<()> {
    if options.one_cpu {
        course::confine::pin_to_one_cpu().context("the process cannot be pinned")?;
    }
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
    // criterion draws with the kit's `plotters`, which takes no font of the system.
    plotting::prepare_font();
    let mut criterion = Criterion::default();
    let evidence = measure(&workload, &arm, &settings, &mut criterion);
    // Writes the page that links the plots of all windows.
    criterion.final_summary();
    write_evidence(&options.evidence, &Evidence::Speed(evidence))
}

/// Puts the reference solution into the third arm.
fn with_solution(workload: Workload) -> Workload {
    match references::arms().find(|arm| arm.question == workload.question) {
        Some(arm) => workload.with_reference_solution(arm.prepare),
        None => workload,
    }
}
