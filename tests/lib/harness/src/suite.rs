//! `cargo test -p exercise1` as a student sees it: every check in a process
//! of its own, one line each, and what to do next.

use std::process::ExitCode;

use course::catalog::{Check, Exercise, Kind, Question};
use course::channel::{HEAP_CAP, Request};
use course::judge::{Proof, judge_run};
use course::outcome::Outcome;
use course::verdict::{Judgement, Reason, Verdict};
use supervise::queue::{check_workers, spread};
use supervise::{Command, Launcher, Limits};

use crate::run::{CHECK_ARGUMENT, Suite};
use crate::schedule;

/// Names the salt of a grade that is to be repeated.
const SALT_VARIABLE: &str = "COURSE_SALT";

/// Runs the checks that the arguments select and prints a report.
///
/// The arguments are libtest's, as far as a student or nextest uses them:
/// words that a check's name must contain, `--exact`, `--list`, `--skip`.
pub(crate) fn run(suite: &Suite, exercise: &Exercise, arguments: &[String]) -> ExitCode {
    let selection = Selection::parse(arguments);
    let checks: Vec<&Check> = exercise
        .checks()
        .filter(|check| check.runs_in_tests() && !check.hidden && selection.takes(&check.id))
        .collect();
    if selection.list {
        checks
            .iter()
            .filter(|_| !selection.ignored)
            .for_each(|check| println!("{}: test", check.id));
        return ExitCode::SUCCESS;
    }
    if checks.is_empty() {
        println!(
            "no check is named like that; `cargo test -p {} -- --list` shows them all",
            suite.package
        );
    }
    println!("\n{}: {}", exercise.id, exercise.title);
    let judged = run_all(suite, exercise, &checks);
    finish(suite, exercise, &checks, &judged, exercise.checks().count())
}

#[derive(Debug, Default)]
struct Selection {
    words: Vec<String>,
    skip: Vec<String>,
    exact: bool,
    list: bool,
    ignored: bool,
}

impl Selection {
    fn parse(arguments: &[String]) -> Self {
        let mut selection = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--exact" => selection.exact = true,
                "--list" => selection.list = true,
                "--ignored" => selection.ignored = true,
                "--skip" => selection.skip.extend(arguments.next().cloned()),
                "--format" | "--color" | "--test-threads" | "-Z" => drop(arguments.next()),
                flag if flag.starts_with('-') => {}
                word => selection.words.push(word.to_owned()),
            }
        }
        selection
    }

    fn takes(&self, id: &str) -> bool {
        let matches =
            |word: &String| if self.exact { id == word } else { id.contains(word.as_str()) };
        (self.words.is_empty() || self.words.iter().any(matches)) && !self.skip.iter().any(matches)
    }
}

/// Runs the checks side by side, and prints each question as soon as it and all
/// before it are done.
fn run_all(suite: &Suite, exercise: &Exercise, checks: &[&Check]) -> Vec<Judgement> {
    let mut judged: Vec<Option<Judgement>> = vec![None; checks.len()];
    let mut printed = 0;
    spread(
        checks,
        check_workers(),
        |check| check.takes_long(),
        |check| run_one(suite, check),
        |index, judgement| {
            judged[index] = Some(judgement);
            for question in exercise.questions.iter().skip(printed) {
                let of_question: Vec<usize> =
                    (0..checks.len()).filter(|&at| question.checks.contains(checks[at])).collect();
                if of_question.iter().any(|&at| judged[at].is_none()) {
                    break;
                }
                let rows: Vec<_> =
                    of_question.iter().map(|&at| (checks[at], judged[at].clone())).collect();
                print_question(exercise, question, &rows);
                printed += 1;
            }
        },
    );
    judged.into_iter().flatten().collect()
}

fn run_one(suite: &Suite, check: &Check) -> Judgement {
    let salt = std::env::var(SALT_VARIABLE).ok().and_then(|salt| salt.parse().ok()).unwrap_or(0);
    let prefix = if salt == 0 { String::new() } else { format!("{SALT_VARIABLE}={salt} ") };
    let nonce = nonce();
    let mut env: Vec<_> = std::env::vars_os().collect();
    // The kit's site is on this machine, where no proxy can reach it.
    env.retain(|(name, _)| !name.to_string_lossy().to_ascii_lowercase().ends_with("_proxy"));
    if std::env::var_os("INSTA_UPDATE").is_none() {
        env.push(("INSTA_UPDATE".into(), "no".into()));
        env.push(("INSTA_OUTPUT".into(), "none".into()));
    }
    env.push(("INSTA_WORKSPACE_ROOT".into(), suite.folder.into()));
    let request = Request {
        check: check.id.clone(),
        nonce: nonce.clone(),
        salt,
        heap_cap_bytes: HEAP_CAP,
        repeat: format!("{prefix}cargo test -p {} -- {}", suite.package, check.id),
    };
    let outcome = match this_program() {
        Ok(command) => {
            Command { env, ..command }.args([CHECK_ARGUMENT]).run(check.deadline(), Some(&request))
        }
        Err(error) => Outcome::not_started(error.to_string()),
    };
    let proof = Proof { nonce: &nonce, identity: &suite.identity() };
    let judgement = judge_run(check, proof, &outcome);
    if judgement.verdict != Verdict::Pass && !outcome.stdout.is_empty() {
        let said = String::from_utf8_lossy(&outcome.stdout);
        return Judgement {
            message: format!(
                "{}\n  your program printed:\n{}",
                judgement.message,
                indented(&said, "  | ", 20)
            ),
            ..judgement
        };
    }
    judgement
}

/// This program again, within the limits of a student's.
fn this_program() -> std::io::Result<Command> {
    Ok(Command::new(std::env::current_exe()?, Launcher::this_program(Limits::STUDENT)?))
}

/// Text that this run's children have not seen before. A student who fools
/// their own test run fools nobody else; the checker draws its own.
fn nonce() -> String {
    use std::hash::{BuildHasher, RandomState};
    format!("{:016x}{:016x}", RandomState::new().hash_one(1), RandomState::new().hash_one(2))
}

fn print_question(exercise: &Exercise, question: &Question, rows: &[(&Check, Option<Judgement>)]) {
    if rows.is_empty() {
        return;
    }
    println!("\nquestion {}  {}", question.id, question.title);
    let not_started = |(_, judgement): &(&Check, Option<Judgement>)| {
        judgement.as_ref().is_some_and(|judgement| judgement.reason == Reason::NotImplemented)
    };
    if rows.iter().all(not_started) {
        println!(
            "  not started: {} checks wait for exercises/{}/{}",
            rows.len(),
            exercise.id,
            question.file
        );
        return;
    }
    for (check, judgement) in rows {
        let Some(judgement) = judgement else { continue };
        let word = match judgement.verdict {
            Verdict::Pass => "ok  ",
            verdict if verdict.is_undecided() => "open",
            _ => "FAIL",
        };
        println!("  {word}  {:<28} {}", check.id, check.proves);
        if judgement.verdict != Verdict::Pass {
            println!("{}", indented(&judgement.message, "        ", 60));
        }
    }
}

fn finish(
    suite: &Suite,
    exercise: &Exercise,
    checks: &[&Check],
    judged: &[Judgement],
    all: usize,
) -> ExitCode {
    let passed = judged.iter().filter(|judgement| judgement.verdict == Verdict::Pass).count();
    let open = judged.iter().filter(|judgement| judgement.verdict.is_undecided()).count();
    let failed = checks.len() - passed - open;
    let elsewhere: Vec<&str> = exercise
        .checks()
        .filter(|check| check.kind == Kind::Speed && !check.hidden)
        .map(|check| check.id.as_str())
        .collect();
    println!();
    if !elsewhere.is_empty() {
        println!(
            "Timed checks run alone on the machine: cargo grade {} ({})",
            exercise.number(),
            elsewhere.join(", ")
        );
    }
    if std::env::var_os(schedule::VARIABLE).is_some() {
        println!("{} is set: of schedule checks only that one order was run.", schedule::VARIABLE);
    }
    let first = checks.iter().zip(judged).find(|(_, judgement)| {
        judgement.verdict != Verdict::Pass && !judgement.verdict.is_undecided()
    });
    if let Some((check, judgement)) = first
        && let Some(question) =
            exercise.questions.iter().find(|question| question.checks.contains(check))
    {
        let (verb, first_step) = if judgement.reason == Reason::NotImplemented {
            (
                "Next",
                "read the contract above each function, then write its body in place of `todo!`",
            )
        } else {
            (
                "Next: fix",
                "read above what was expected and what came, and in the file what the contract says of it",
            )
        };
        println!("{verb} question {} in exercises/{}/{}", question.id, exercise.id, question.file);
        println!("  1. {first_step}");
        println!("  2. cargo test -p {} -- {}/", suite.package, question.id);
        println!(
            "  Stuck? cargo hint {}   The lesson: exercises/{}/README.md",
            question.id, exercise.id
        );
    }
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {word}. {passed} passed; {failed} failed; {open} ignored; 0 measured; {} filtered out\n",
        all - checks.len()
    );
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(101) }
}

/// At most `lines` lines of `text`, each behind `prefix`.
fn indented(text: &str, prefix: &str, lines: usize) -> String {
    let mut shown: Vec<String> =
        text.lines().take(lines).map(|line| format!("{prefix}{line}")).collect();
    if text.lines().nth(lines).is_some() {
        shown.push(format!("{prefix}…"));
    }
    shown.join("\n")
}
