//! The grader's own trial: how often its speed verdicts are wrong, measured on
//! submissions whose worth is known, on a quiet machine and on a busy one; and
//! how well its memory figures repeat.

mod cell;
mod ledger;
mod memory;
mod neighbour;
mod sources;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use course::catalog::{Check, Exercise, Kind, Question};
use course::judge::{judge_speed, median_share};
use course::spread::cores;

use crate::cli;
use crate::compile::{build_timed, prepare};
use crate::corpus::{Role, Table, solution};
use crate::exit_code::Exit;
use crate::kit::Kit;
use crate::selection::Selection;
use crate::speed_check::{SpeedRun, measure_in_child};
use crate::stage::Stage;
use crate::submission::Taken;
use cell::Condition;
use ledger::{Grading, Ledger};
use neighbour::Neighbour;

pub use neighbour::neighbour_here;

/// A submission of the trial, built.
#[derive(Debug)]
struct Contestant<'a> {
    question: &'a Question,
    check: &'a Check,
    role: Role,
    name: String,
    /// Hash of the sources that its verdicts rest on.
    sources: String,
    /// For its program and the raw numbers.
    folder: PathBuf,
    arm: PathBuf,
}

/// Measures until every cell has its gradings, or until time is up, and
/// prints the table.
///
/// # Errors
/// When the kit is broken, a submission does not build, or the results
/// cannot be written.
pub fn trial_command(options: &cli::Trial) -> Result<Exit> {
    let kit = Kit::open()?;
    let selection = Selection::parse(&kit, &options.selection)?;
    let file =
        options.results.clone().unwrap_or_else(|| kit.work_folder().join("trial/results.jsonl"));
    if options.table {
        let ledger = Ledger::read(&file)?;
        print!("{}", table::render(&ledger, &machine()));
        return Ok(Exit::Graded);
    }
    let folder = kit.work_folder().join("trial");
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let sources = sources::hashes(&kit)?;
    let mut ledger = Ledger::open(&file, &sources)?;
    let stage = Stage::take(&kit)?;
    prepare(&kit, &stage, &|message| eprintln!("  {message}"))?;
    let contestants = build_contestants(&kit, &stage, &selection, &sources, &folder)?;
    let start = Instant::now();
    let time_is_up =
        || options.minutes.is_some_and(|minutes| start.elapsed().as_secs_f64() > 60.0 * minutes);
    let all = contestants.len() * Condition::ALL.len() * options.gradings;
    'rounds: for round in 1..=options.gradings {
        for condition in Condition::ALL {
            for contestant in &contestants {
                let done = ledger.of(&contestant.question.id, condition, contestant.role).count();
                if done >= round {
                    continue;
                }
                if time_is_up() {
                    break 'rounds;
                }
                let grading = grade(&kit, contestant, condition, round)?;
                eprintln!(
                    "  {} of {all}: {} {}, {condition}: {} ({:.1} s)",
                    ledger.gradings.len() + 1,
                    contestant.question.id,
                    contestant.name,
                    grading.verdict,
                    grading.duration_s
                );
                ledger.push(grading)?;
            }
        }
    }
    print!("{}", table::render(&ledger, &machine()));
    let wrong = table::wrong(&ledger);
    for grading in &wrong {
        println!(
            "WRONG: {} {}, {}: {}; raw numbers: {}",
            grading.question,
            grading.submission,
            grading.condition,
            grading.verdict,
            grading.evidence.display()
        );
    }
    // After the gradings: where time is up, they go on first.
    let repeats = if time_is_up() { Vec::new() } else { memory::repeat(&kit, &stage, &selection)? };
    print!("{}", memory::render(&repeats));
    let wrong = !wrong.is_empty() || repeats.iter().any(memory::Repeat::is_wrong);
    Ok(if wrong { Exit::KitBroken } else { Exit::Graded })
}

/// One measurement as in a grade, and its verdict. A grade measures again, up
/// to three times, where the machine was too busy.
fn grade(
    kit: &Kit,
    contestant: &Contestant<'_>,
    condition: Condition,
    round: usize,
) -> Result<Grading> {
    let name = format!("{}-{:?}-{condition:?}-{round}", contestant.question.id, contestant.role);
    let evidence_folder = contestant.folder.join(&name);
    std::fs::create_dir_all(&evidence_folder)
        .with_context(|| evidence_folder.display().to_string())?;
    // Repeats from the name alone.
    let salt = u64::from_str_radix(&blake3::hash(name.as_bytes()).to_hex()[..13], 16)?;
    let run = SpeedRun { arm: &contestant.arm, kit: &kit.hash, salt, evidence: &evidence_folder };
    let file = contestant.folder.join(format!("{name}.json"));
    let neighbour = Neighbour::start(condition)?;
    let start = Instant::now();
    let one_cpu = condition == Condition::OneCpu;
    let evidence = measure_in_child(contestant.check, run, &file, 1, one_cpu)?;
    let duration_s = start.elapsed().as_secs_f64();
    drop(neighbour);
    // The plots of a thousand gradings are of no use to anybody.
    std::fs::remove_dir_all(&evidence_folder)
        .with_context(|| evidence_folder.display().to_string())?;
    let judgement = judge_speed(&evidence);
    Ok(Grading {
        sources: contestant.sources.clone(),
        question: contestant.question.id.clone(),
        condition,
        role: contestant.role,
        submission: contestant.name.clone(),
        gain: evidence.gain,
        threshold: evidence.threshold,
        salt,
        verdict: judgement.verdict,
        reason: judgement.reason,
        share: median_share(&evidence),
        duration_s,
        evidence: file,
    })
}

/// Builds the solution and the three others of every timed question, each
/// once as long as its sources are the same.
fn build_contestants<'a>(
    kit: &'a Kit,
    stage: &Stage,
    selection: &Selection,
    sources: &BTreeMap<String, String>,
    folder: &Path,
) -> Result<Vec<Contestant<'a>>> {
    let mut contestants = Vec::new();
    for exercise in &kit.exercises {
        let table = Table::read(kit, exercise)?;
        for question in selection.of(exercise) {
            let Some(check) = question.checks.iter().find(|check| check.kind == Kind::Speed) else {
                continue;
            };
            let sources = &sources[&question.id];
            let folder = folder.join(sources);
            std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
            let mut add = |role, name: &str, taken: &Taken| -> Result<()> {
                let arm = folder.join(format!("{}-{name}", question.id));
                if !arm.is_file() {
                    eprintln!("  building {} {name}", question.id);
                    build_arm(kit, stage, exercise, question, taken, &arm)?;
                }
                contestants.push(Contestant {
                    question,
                    check,
                    role,
                    name: name.to_owned(),
                    sources: sources.clone(),
                    folder: folder.clone(),
                    arm,
                });
                Ok(())
            };
            let taken = solution(kit, exercise)?;
            add(Role::Reference, "solution", &taken)?;
            for known in table.of(question) {
                let Some(role) = known.trial else { continue };
                let mut taken = taken.clone();
                known.lay_over(kit, exercise, question, &mut taken)?;
                add(role, &known.name, &taken)?;
            }
        }
    }
    Ok(contestants)
}

fn build_arm(
    kit: &Kit,
    stage: &Stage,
    exercise: &Exercise,
    question: &Question,
    taken: &Taken,
    arm: &Path,
) -> Result<()> {
    match build_timed(kit, stage, exercise, taken, BTreeSet::from([question.id.clone()]))? {
        Ok(built) => {
            // Whole or not at all: a copy that was cut off must not be measured.
            let unfinished = arm.with_extension("unfinished");
            std::fs::copy(&built, &unfinished).with_context(|| built.display().to_string())?;
            std::fs::rename(&unfinished, arm).with_context(|| arm.display().to_string())
        }
        Err(errors) => anyhow::bail!("{} does not build:\n{errors}", arm.display()),
    }
}

/// "Measured on 2 cores of …, Linux 6.1, rustc 1.95.0."
fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let info = read("/proc/cpuinfo");
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name))
        .unwrap_or("an unknown processor");
    let cores = cores();
    let kernel = read("/proc/sys/kernel/osrelease");
    format!("Measured on {cores} cores of {model}, Linux {}.", kernel.trim())
}
