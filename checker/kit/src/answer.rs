//! What the catalogue says: the questions with their checks, and hints.

use std::io::Write;
use std::path::Path;

use anyhow::Result;

use crate::Kit;
use crate::error::UserError;
use crate::exit_code::Exit;
use crate::selection::Selection;

/// Lists the chosen questions of the kit above `here` with their checks, but no hidden one.
///
/// # Errors
/// When there is no kit, no such question, or nobody reads the output.
pub fn list(here: &Path, names: &[String]) -> Result<Exit> {
    let kit = Kit::find(here)?;
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

/// Gives one hint of level 1, 2 or 3.
///
/// # Errors
/// When there is no kit, no such question, or nobody reads the output.
///
/// # Panics
/// When there is no such level.
pub fn hint(here: &Path, question: &str, level: u8) -> Result<Exit> {
    let kit = Kit::find(here)?;
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
