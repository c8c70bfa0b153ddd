//! `checker list` and `checker hint`: what the catalogue says.

use std::io::Write;

use anyhow::Result;

use crate::error::UserError;
use crate::exit_code::Exit;
use crate::kit::Kit;
use crate::kit::selection::Selection;
use crate::settings::Settings;

pub(super) fn list(settings: &Settings, names: &[String]) -> Result<Exit> {
    let kit = Kit::find(&settings.here)?;
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

pub(super) fn hint(settings: &Settings, question: &str, level: u8) -> Result<Exit> {
    let kit = Kit::find(&settings.here)?;
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
