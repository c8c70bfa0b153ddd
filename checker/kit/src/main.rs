//! The `kit` program: lists questions and gives hints itself, since it is compiled in
//! seconds, and hands every other command over to the checker.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use kit::answer;
use kit::error::told;
use kit::exit_code::Exit;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    run(&arguments).unwrap_or_else(|error| told(&error)).into()
}

/// Answers, or becomes the checker, which reads the same command line.
fn run(arguments: &[OsString]) -> Result<Exit> {
    let is_option = |word: &str| word.starts_with('-');
    let words: Option<Vec<&str>> = arguments.iter().map(|word| word.to_str()).collect();
    let here = Path::new(".").canonicalize().context("this folder")?;
    match words.as_deref().unwrap_or_default() {
        ["list", names @ ..] if !names.iter().any(|name| is_option(name)) => {
            let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
            answer::list(&here, &names)
        }
        ["hint", question] if !is_option(question) => answer::hint(&here, question, 1),
        ["hint", question, "--level", level @ ("1" | "2" | "3")] if !is_option(question) => {
            answer::hint(&here, question, level.parse()?)
        }
        // Help, mistakes on the command line, and all that grades.
        _ => Err(become_the_checker(arguments)).context("cargo"),
    }
}

/// Has cargo build and run the checker in place of this program; returns only why it
/// could not. The process stays the same, and so do its number, signals and exit code.
fn become_the_checker(arguments: &[OsString]) -> std::io::Error {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let run = ["run", "--quiet", "--package", "checker", "--"];
    Command::new(cargo).args(run).args(arguments).exec()
}
