//! `cargo bench -p exercise4`: the student's own speed verdicts, by the same
//! rule as the grade of record, with a kit kernel in the third arm.

use std::process::ExitCode;

use course::catalog::Exercise;
use course::judge::judge_speed;
use course::verdict::Verdict;
use criterion::Criterion;

use crate::arm::{Arm, serve};
use crate::client::ArmProgram;
use crate::measure::{MeasureSettings, measure};
use crate::scratch::scratch;
use crate::workloads;

/// The argument that turns a bench binary into the submission's process.
pub const SERVE_ARGUMENT: &str = "--serve";

/// The entry point of an exercise's bench binary.
///
/// With `--serve` it answers the grader's requests. Otherwise it starts
/// itself that way and measures every question whose number or name contains
/// one of the arguments.
#[must_use]
pub fn bench_main(catalog: &str, arms: &[Arm]) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments == [SERVE_ARGUMENT] {
        return serve(arms);
    }
    // `cargo test --benches` runs benches too; timing belongs to `cargo bench`.
    if !arguments.iter().any(|argument| argument == "--bench") {
        println!("speed is measured by `cargo bench` and `cargo grade`");
        return ExitCode::SUCCESS;
    }
    match run(catalog, arms, &arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(3)
        }
    }
}

/// Measures and judges; returns whether nothing failed.
fn run(catalog: &str, arms: &[Arm], arguments: &[String]) -> Result<bool, String> {
    let exercise = Exercise::parse(catalog)?;
    let words: Vec<&String> =
        arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    // Here lie also the files that the killed arm leaves behind.
    let scratch = scratch().map_err(|error| error.to_string())?;
    let arm = ArmProgram {
        program,
        args: vec![SERVE_ARGUMENT.into()],
        env: std::env::vars_os().chain([("TMPDIR".into(), scratch.path().into())]).collect(),
    };
    let mut none_failed = true;
    for workload in workloads() {
        let id = format!("{}/speed", workload.question);
        let Some(check) = exercise.checks().find(|check| check.id == id) else { continue };
        let Some(threshold) = check.speed else { continue };
        let offered = arms.iter().any(|arm| arm.question == workload.question);
        if !offered || !(words.is_empty() || words.iter().any(|word| id.contains(word.as_str()))) {
            continue;
        }
        println!(
            "\n{id}: one second in criterion's figures stands for the time of the sequential version, \
             so 500 ms is twice as fast."
        );
        let settings = MeasureSettings { kit: "workspace".to_owned(), salt: 0, threshold };
        let mut criterion = Criterion::default().without_plots();
        let judged = judge_speed(&measure(&workload, &arm, &settings, &mut criterion));
        println!("\n{id}: {}\n  {}\n", judged.verdict, judged.message);
        none_failed &= judged.verdict != Verdict::Fail;
    }
    Ok(none_failed)
}
