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
pub mod grade;
pub mod gradebook;
pub mod intake;
pub mod new_folder;
pub mod proof;
pub mod record;
pub mod release;
pub mod report;
pub mod settings;
pub mod trial;
pub mod workspace;

use clap::Parser;

use cli::Cli;
use kit::error::told;
use kit::exit_code::Exit;

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
