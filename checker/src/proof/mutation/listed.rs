//! The mutants that cargo-mutants lists.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use course::catalog::Exercise;
use course::outcome::{Exit as Ended, Outcome};
use kit::Kit;
use kit::error::UserError;
use kit::exit_code::Exit;
use serde::Deserialize;
use supervise::{Command, Launcher};

use super::mutant::Mutant;
use crate::settings::Settings;

/// The version whose list this reads: a newer one may list other mutants, and
/// the numbers of the page would not repeat.
const VERSION: &str = "27.1.0";

/// How long it may take to compile the program, or to list.
const DEADLINE: Duration = Duration::from_secs(1800);

/// Most bytes of a list, which has a difference for each mutant.
const OUTPUT_CAP: usize = 64 << 20;

/// The program that lists them, and what it sees of the environment.
#[derive(Debug)]
pub struct Lister {
    program: PathBuf,
    env: Vec<(OsString, OsString)>,
}

/// One entry of its list.
#[derive(Debug, Deserialize)]
struct Entry {
    file: String,
    function: Option<Function>,
    replacement: String,
    span: Span,
}

#[derive(Debug, Deserialize)]
struct Function {
    function_name: String,
}

#[derive(Debug, Deserialize)]
struct Span {
    start: Position,
    end: Position,
}

/// Line and column in characters, both from 1.
#[derive(Debug, Deserialize)]
struct Position {
    line: usize,
    column: usize,
}

impl Position {
    fn offset(&self, source: &str) -> Option<usize> {
        let before: usize =
            source.split_inclusive('\n').take(self.line.checked_sub(1)?).map(str::len).sum();
        let mut columns = source[before..].char_indices().map(|(place, _)| place);
        Some(before + columns.nth(self.column.checked_sub(1)?)?)
    }
}

impl Lister {
    /// Finds the program where an earlier call has put it, or installs it there.
    ///
    /// # Errors
    /// When it cannot be installed: exit code 70.
    pub fn set_up(settings: &Settings, work: &Path) -> Result<Self> {
        let root = work.join(format!("cargo-mutants-{VERSION}"));
        let program = root.join("bin/cargo-mutants");
        let lister = Self { program, env: settings.fetch_env.clone() };
        if !lister.program.is_file() {
            eprintln!("  installing cargo-mutants {VERSION}");
            let build = root.join("build");
            let command = Command::new(&settings.cargo, Launcher::Direct)
                .args(["install", "--quiet", "--locked", "cargo-mutants", "--version", VERSION])
                .args([OsString::from("--root"), root.clone().into()])
                .args([OsString::from("--target-dir"), build.clone().into()]);
            let outcome = lister.run(command);
            if outcome.exit != Ended::Code(0) {
                return Err(UserError::new(
                    Exit::Bug,
                    format!("cargo-mutants {VERSION} cannot be installed: {}", said(&outcome)),
                    "see to what cargo says, or do without it: --own",
                )
                .into());
            }
            std::fs::remove_dir_all(&build).with_context(|| build.display().to_string())?;
        }
        Ok(lister)
    }

    fn run(&self, command: Command) -> Outcome {
        Command { env: self.env.clone(), output_cap: OUTPUT_CAP, ..command }.run(DEADLINE, None)
    }

    /// What it lists for one file of an exercise's solution, whose text is `source`.
    ///
    /// # Errors
    /// When it cannot be run, or lists what does not fit the file.
    pub fn list(
        &self,
        kit: &Kit,
        exercise: &Exercise,
        file: &str,
        source: &str,
    ) -> Result<Vec<Mutant>> {
        let path = format!("solutions/{}/{file}", exercise.id);
        let command = Command::new(&self.program, Launcher::Direct)
            .args(["mutants", "--list", "--json", "--no-config", "--file", &path, "--dir"])
            .args([kit.root.as_os_str()]);
        let output = self.run(command);
        if output.exit != Ended::Code(0) {
            anyhow::bail!("cargo-mutants: {}", said(&output));
        }
        let entries: Vec<Entry> =
            serde_json::from_slice(&output.stdout).context("the list of cargo-mutants")?;
        let of_file = entries.into_iter().filter(|entry| entry.file == path);
        of_file
            .map(|entry| {
                let place = entry.span.start.offset(source).zip(entry.span.end.offset(source));
                let (start, end) = place.context("a place that the file does not have")?;
                let function = entry.function.map_or_else(|| "-".to_owned(), |f| f.function_name);
                // `<impl Display for WorkerFailed>::fmt` is `fmt`, as in the other list.
                let function = function.rsplit("::").next().unwrap_or_default();
                Ok(Mutant::new(source, function, start..end, entry.replacement))
            })
            .collect()
    }
}

/// How a program ended, and its last words.
fn said(outcome: &Outcome) -> String {
    format!("{:?}, {}", outcome.exit, String::from_utf8_lossy(&outcome.stderr).trim())
}

#[cfg(test)]
mod tests {
    use super::Position;

    #[test]
    fn a_position_counts_lines_and_characters_from_one() {
        let source = "let a;\n\u{e9}t\u{e9} = 1;\n";
        let offset = |line, column| Position { line, column }.offset(source);
        assert_eq!(offset(1, 1), Some(0));
        assert_eq!(offset(2, 1), Some(7));
        assert_eq!(offset(2, 4), Some(12));
        assert_eq!(offset(9, 1), None);
        assert_eq!(offset(0, 1), None);
    }
}
