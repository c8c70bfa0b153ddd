//! The grader's own trial: how often its speed verdicts are wrong, measured on
//! submissions of known quality, on a quiet machine and on a busy one; and how well
//! its memory figures repeat.

mod cell;
mod ledger;
mod memory;
mod neighbour;
mod sources;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use course::catalog::{Check, Kind, Question};
use course::evidence::Evidence;
use course::judge::{judge_speed, median_share};
use kit::Kit;
use kit::exit_code::Exit;
use kit::selection::Selection;
use supervise::cores;

use crate::cli;
use crate::commands::Bench;
use crate::grade::timed_run::TimedRun;
use crate::intake::StudentFiles;
use crate::proof::known::{Role, Table, solution};
use crate::record::evidence_file::write_evidence;
use crate::settings::Settings;
use crate::workspace::isolation::Isolation;
use crate::workspace::prepare::{Kept, copy_whole};
use crate::workspace::program::{Build, DEADLINE, Program, build};
use crate::workspace::{Cargo, Place, Plan};
use cell::Condition;
use ledger::{Grading, Ledger};

pub use neighbour::neighbour_here;

/// A submission of the trial, built.
#[derive(Debug)]
struct Contestant {
    question: Question,
    check: Check,
    role: Role,
    name: String,
    /// Hash of the sources that its verdicts rest on.
    sources: String,
    /// For its program and the raw numbers.
    folder: PathBuf,
    submission: Kept,
    reference: Option<Kept>,
    measuring: Kept,
}

/// Measures until every cell has its gradings, or until time is up, and
/// prints the table.
///
/// # Errors
/// When the kit is broken, a submission does not build, or the results
/// cannot be written.
pub fn run(settings: &Settings, options: &cli::Trial) -> Result<Exit> {
    let kit = Kit::find(&settings.here)?;
    let selection = Selection::parse(&kit, &options.selection)?;
    let folder = settings.work_folder(&kit.root)?.join("trial");
    let file = options.results.clone().unwrap_or_else(|| folder.join("results.jsonl"));
    if options.table {
        let ledger = Ledger::read(&file)?;
        print!("{}", table::render(&ledger, &machine()));
        return Ok(Exit::Graded);
    }
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let sources = sources::hashes(&kit)?;
    let mut ledger = Ledger::open(&file, &sources)?;
    let mut bench =
        Bench::set_up(settings, Isolation::probe(&settings.switched_off)?, kit, &|message| {
            eprintln!("  {message}")
        })?;
    let contestants = build_contestants(&mut bench, &selection, &sources, &folder)?;
    let kit = bench.kit.clone();
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
                let isolation = bench.cargo.isolation();
                let grading = grade(&kit, isolation, contestant, condition, round)?;
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
    let repeats = if time_is_up() { Vec::new() } else { memory::repeat(&mut bench, &selection)? };
    print!("{}", memory::render(&repeats));
    let wrong = !wrong.is_empty() || repeats.iter().any(memory::Repeat::is_wrong);
    Ok(if wrong { Exit::KitBroken } else { Exit::Graded })
}

/// One measurement as in a grade, and its verdict. A grade measures again, up
/// to three times, where the machine was too busy.
fn grade(
    kit: &Kit,
    isolation: &Isolation,
    contestant: &Contestant,
    condition: Condition,
    round: usize,
) -> Result<Grading> {
    let name = format!("{}-{:?}-{condition:?}-{round}", contestant.question.id, contestant.role);
    let evidence_folder = contestant.folder.join(&name);
    std::fs::create_dir_all(&evidence_folder)
        .with_context(|| evidence_folder.display().to_string())?;
    // Repeats from the name alone.
    let salt = u64::from_str_radix(&blake3::hash(name.as_bytes()).to_hex()[..13], 16)?;
    let run = TimedRun {
        measuring: &contestant.measuring,
        submission: &contestant.submission.path,
        identity: &contestant.submission.identity,
        reference: contestant.reference.as_ref(),
        kit: &kit.hash,
        salt,
        evidence: &evidence_folder,
        one_cpu: condition == Condition::OneCpu,
        isolation,
        needs: &contestant.question.needs,
    };
    let file = contestant.folder.join(format!("{name}.json"));
    let neighbour = neighbour::start(condition)?;
    let start = Instant::now();
    let evidence = run.measure(&contestant.check, 1)?;
    let duration_s = start.elapsed().as_secs_f64();
    drop(neighbour);
    write_evidence(&file, &Evidence::Speed(evidence.clone()))?;
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
fn build_contestants(
    bench: &mut Bench,
    selection: &Selection,
    sources: &BTreeMap<String, String>,
    folder: &Path,
) -> Result<Vec<Contestant>> {
    let Bench { kit, cargo, stage, programs, .. } = bench;
    let mut contestants = Vec::new();
    for place in &mut stage.places(kit) {
        let exercise = place.exercise;
        let table = Table::read(kit, exercise)?;
        for question in selection.of(exercise) {
            let Some(check) = question.checks.iter().find(|check| check.kind == Kind::Speed) else {
                continue;
            };
            let reference = programs.reference(cargo, place)?;
            let measuring = programs.measuring(kit, exercise)?;
            let sources = &sources[&question.id];
            let folder = folder.join(sources);
            std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
            let mut add = |role, name: &str, student: &StudentFiles| -> Result<()> {
                let path = folder.join(format!("{}-{name}", question.id));
                let submission = build_contestant(cargo, place, question, student, path)?;
                contestants.push(Contestant {
                    question: question.clone(),
                    check: check.clone(),
                    role,
                    name: name.to_owned(),
                    sources: sources.clone(),
                    folder: folder.clone(),
                    submission,
                    reference: reference.clone(),
                    measuring: measuring.clone(),
                });
                Ok(())
            };
            let student = solution(kit, exercise)?;
            add(Role::Reference, "solution", &student)?;
            for known in table.of(question) {
                let Some(role) = known.trial else { continue };
                let mut student = student.clone();
                known.lay_over(kit, exercise, question, &mut student)?;
                add(role, &known.name, &student)?;
            }
        }
    }
    Ok(contestants)
}

/// Builds the timed calls of one question, unless that was done before.
fn build_contestant(
    cargo: &Cargo,
    place: &mut Place<'_>,
    question: &Question,
    student: &StudentFiles,
    path: PathBuf,
) -> Result<Kept> {
    let plan = Plan {
        without_model: place.exercise.questions.iter().map(|q| q.id.clone()).collect(),
        wanted: [question.id.clone()].into(),
        ..Plan::default()
    };
    let laid = place.lay(student, &plan)?;
    if !path.is_file() {
        eprintln!("  building {}", path.display());
        match build(cargo, place, &laid, Program::Timed, DEADLINE)? {
            Build::Done(built) => copy_whole(&built.path, &path)?,
            other => anyhow::bail!("{} does not build: {other:?}", path.display()),
        }
    }
    Ok(Kept { path, identity: laid.identity })
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
