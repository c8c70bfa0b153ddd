//! Grades submissions of the course.
//!
//! The pipeline, one noun a stage: a [`kit`] is found and a submission is taken in
//! ([`intake`]), its files are laid over a stage and compiled ([`workspace`]), every
//! check is run and judged ([`grade`]), a [`record`] holds the scores and a [`report`]
//! shows them. A [`class`] is graded into a [`gradebook`], and a [`bundle`] lets another
//! system grade. [`proof`] proves the course itself with the same pipeline, and [`trial`]
//! the grader.

pub mod bundle;
pub mod ci;
pub mod class;
pub mod cli;
pub mod commands;
pub mod error;
pub mod exit_code;
pub mod grade;
pub mod gradebook;
pub mod intake;
pub mod kit;
pub mod new_folder;
pub mod proof;
pub mod record;
pub mod release;
pub mod report;
pub mod settings;
pub mod text;
pub mod trial;
pub mod workspace;

use clap::Parser;

use cli::Cli;
use error::{Interrupted, UserError};
use exit_code::Exit;

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
    if let Err(error) = commands::heed_signals() {
        eprintln!(
            "error: signals cannot be handled: {error}\n  Run the checker on another system."
        );
        return Exit::Bug;
    }
    match commands::run(cli.command) {
        Ok(exit) => exit,
        Err(error) => told(&error),
    }
}

/// Says what went wrong, in two lines.
fn told(error: &anyhow::Error) -> Exit {
    if let Some(user) = error.downcast_ref::<UserError>() {
        eprintln!("error: {user}");
        return user.exit;
    }
    if error.is::<Interrupted>() {
        eprintln!("interrupted\n  Run the same command again.");
        return Exit::Interrupted;
    }
    if is_broken_pipe(error) {
        return Exit::Graded;
    }
    let what = text::clean(&format!("{error:#}"));
    eprintln!(
        "error: {what}\n  Nothing was judged, and this is not the submission's fault: see to the machine, or tell the course staff what you did."
    );
    Exit::Bug
}

/// Whether the reader of our output went away, as `head` does.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
