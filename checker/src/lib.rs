//! Grades submissions of the course.
//!
//! The pipeline, one noun a stage: a [`kit`] and a [`submission`] are found,
//! the student's files are laid over a [`stage`], [`compile`] builds it,
//! [`grade`] runs every check and has it judged, the [`record`] holds the
//! scores and a [`report`] shows them. [`verify`] proves the course itself
//! with the same pipeline.

pub mod answers;
pub mod check_run;
pub mod cli;
pub mod compile;
pub mod corpus;
pub mod error;
pub mod evidence_file;
pub mod exit_code;
pub mod grade;
mod graft;
pub mod kit;
pub mod record;
pub mod references;
pub mod report;
pub mod selection;
pub mod speed_check;
pub mod stage;
pub mod submission;
pub mod trial;
pub mod verify;

use std::io::{IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result};
use clap::Parser;
use rand::RngExt;

use cli::{Cli, Command, Isolation};
use error::UserError;
use exit_code::Exit;
use grade::Grading;
use kit::Kit;
use selection::Selection;
use speed_check::ATTEMPTS;
use stage::Stage;
use submission::Submission;

/// Runs the command line of this process and says how it ended.
#[must_use]
pub fn main() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; clap prints them where they belong.
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Graded };
            let _ = error.print();
            return exit;
        }
    };
    match run(cli) {
        Ok(exit) => exit,
        Err(error) => {
            if let Some(user) = error.downcast_ref::<UserError>() {
                eprintln!("error: {user}");
                return user.exit;
            }
            if is_broken_pipe(&error) {
                return Exit::Graded;
            }
            eprintln!(
                "error: {error:#}\n  This is not your submission's fault: tell the course staff what you did."
            );
            Exit::Bug
        }
    }
}

/// Whether the reader of our output went away, as `head` does.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

fn run(cli: Cli) -> Result<Exit> {
    match cli.command {
        Command::Grade(options) => grade_command(&options),
        Command::Judge { evidence } => judge_command(&evidence),
        Command::List { selection } => list_command(&selection),
        Command::Hint { question, level } => hint_command(&question, level),
        Command::Verify { selection, no_speed, all_speed } => {
            let timed = match (no_speed, all_speed) {
                (true, _) => verify::Timed::Nothing,
                (false, false) => verify::Timed::WhereItMatters,
                (false, true) => verify::Timed::Everything,
            };
            verify::verify_command(&selection, timed)
        }
        Command::Trial(options) => trial::trial_command(&options),
        Command::Neighbour(options) => trial::neighbour_here(&options).map(|()| Exit::Graded),
        Command::Measure(options) => speed_check::measure_here(&options).map(|()| Exit::Graded),
    }
}

fn grade_command(options: &cli::Grade) -> Result<Exit> {
    if options.require > Isolation::Process {
        return Err(UserError::new(
            Exit::IsolationMissing,
            "this checker isolates at level `process`; `confined` is not available",
            "grade with `--require process`, on a machine where it does not matter what submissions do",
        )
        .into());
    }
    let kit = Kit::open()?;
    let selection = Selection::parse(&kit, &options.selection)?;
    let path = options.submission.as_deref().unwrap_or(&kit.root);
    let submission = Submission::discover(&kit, &selection, path)?;
    // Found out before an hour of grading, not after it.
    if let Some(folder) = options.output.as_deref().and_then(Path::parent)
        && !folder.as_os_str().is_empty()
        && !folder.is_dir()
    {
        let what = format!("{}: no such folder", folder.display());
        return Err(
            UserError::new(Exit::Usage, what, "make it first, or choose another --output").into()
        );
    }
    let stage = Stage::take(&kit)?;
    let grading = Grading {
        kit: &kit,
        stage: &stage,
        selection: &selection,
        // 53 bits: a salt must survive a reader that keeps numbers as doubles.
        salt: options.salt.unwrap_or_else(|| rand::rng().random_range(1..1 << 53)),
        speed_attempts: if options.no_speed { 0 } else { ATTEMPTS },
        progress: &|message| eprintln!("  {message}"),
    };
    let attempt = grading.grade(&submission)?;
    let to_terminal = options.output.is_none() && std::io::stdout().is_terminal();
    let colour = to_terminal && std::env::var_os("NO_COLOR").is_none();
    let text = report::render(&attempt, options.format, colour);
    match &options.output {
        Some(file) => write_whole(file, text.as_bytes())?,
        None => std::io::stdout().write_all(text.as_bytes())?,
    }
    let minimum = attempt.max_score.hundredths() * u32::from(options.fail_under.unwrap_or(0));
    Ok(if attempt.score.hundredths() * 100 < minimum { Exit::BelowMinimum } else { Exit::Graded })
}

/// Writes a file whole or not at all.
fn write_whole(file: &Path, bytes: &[u8]) -> Result<()> {
    let folder =
        file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut unfinished =
        tempfile::NamedTempFile::new_in(folder).with_context(|| folder.display().to_string())?;
    unfinished.write_all(bytes)?;
    unfinished.persist(file).with_context(|| file.display().to_string())?;
    Ok(())
}

fn judge_command(file: &Path) -> Result<Exit> {
    let evidence = evidence_file::read_evidence(file).map_err(|error| {
        UserError::new(
            Exit::NothingToGrade,
            format!("{error:#}"),
            "name an evidence file that `checker grade` has written",
        )
    })?;
    let judgement = course::judge::judge_evidence(&evidence);
    let mut out = std::io::stdout();
    writeln!(
        out,
        "{}: {} ({})\n{}",
        evidence.check(),
        judgement.verdict,
        judgement.reason.word(),
        judgement.message
    )?;
    Ok(Exit::Graded)
}

fn list_command(names: &[String]) -> Result<Exit> {
    let kit = Kit::open()?;
    let selection = Selection::parse(&kit, names)?;
    let mut out = std::io::stdout();
    for exercise in &kit.exercises {
        let questions = selection.of(exercise);
        if questions.is_empty() {
            continue;
        }
        let stars = "*".repeat(usize::from(exercise.stars));
        writeln!(out, "{}  {} {stars}  {} points", exercise.id, exercise.title, exercise.points())?;
        for question in questions {
            writeln!(
                out,
                "  {}  {}  {} points  {}",
                question.id,
                question.title,
                question.points(),
                question.file
            )?;
            for check in question.checks.iter().filter(|check| !check.hidden) {
                writeln!(
                    out,
                    "    {:<28} {:<10} {:>5}  {}",
                    check.id, check.kind, check.points, check.proves
                )?;
            }
        }
    }
    Ok(Exit::Graded)
}

fn hint_command(question: &str, level: u8) -> Result<Exit> {
    let kit = Kit::open()?;
    let Some((exercise, question)) = kit.question(question) else {
        let what = format!("there is no question `{question}`");
        return Err(
            UserError::new(Exit::Usage, what, "`cargo checker list` shows the questions").into()
        );
    };
    let hint = &question.hints[usize::from(level) - 1];
    let mut out = std::io::stdout();
    writeln!(out, "{} {}, hint {level} of 3:\n\n  {}\n", question.id, question.title, hint.trim())?;
    if level < 3 {
        writeln!(out, "Still stuck? cargo hint {} --level {}", question.id, level + 1)?;
    } else {
        writeln!(out, "The lesson: exercises/{}/README.md", exercise.id)?;
    }
    Ok(Exit::Graded)
}
