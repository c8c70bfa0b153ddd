//! The report for people, on a terminal.

use std::fmt::Write;

use course::verdict::Verdict;

use super::{Form, View};
use crate::record::CheckRecord;

pub(super) const FORM: Form = Form {
    name: "terminal",
    about: "For people, on a terminal",
    render: |view, colour| {
        let mut text = String::new();
        write_report(&mut text, view, colour).unwrap_or_default();
        text
    },
};

fn write_report(text: &mut String, view: &View, colour: bool) -> std::fmt::Result {
    for exercise in &view.exercises {
        writeln!(
            text,
            "\n{}  {}  {} of {}",
            exercise.id, exercise.title, exercise.score, exercise.max_score
        )?;
        for question in &exercise.questions {
            writeln!(
                text,
                "\n  {}  {}  {} of {}",
                question.id, question.title, question.score, question.max_score
            )?;
            let shared = shared_message(&question.checks);
            for check in &question.checks {
                write_check(text, check, shared.is_some(), colour)?;
            }
            if let Some(message) = shared {
                writeln!(text, "      {}", message.replace('\n', "\n      "))?;
            }
            if let Some(hidden) = question.hidden {
                writeln!(
                    text,
                    "    {:<14} {:>4} of {:<4} checks that are not shown",
                    "hidden",
                    hidden.earned.to_string(),
                    hidden.points.to_string()
                )?;
            }
        }
    }
    writeln!(text, "\n{} of {} points", view.score, view.max_score)?;
    if let Some(open) = view.open_points() {
        writeln!(text, "{open}")?;
    }
    if !view.derivation.is_empty() {
        writeln!(text, "What counts:")?;
        for line in &view.derivation {
            writeln!(text, "  {line}")?;
        }
    }
    if !view.left_behind.is_empty() {
        let shown = view.left_behind_in_short().join(", ");
        writeln!(text, "Not taken from the submission: {shown}")?;
    }
    writeln!(
        text,
        "salt {}, kit {}, isolation {}, {:.1} s",
        view.salt,
        view.kit,
        view.isolation(),
        view.duration_s
    )
}

/// The message that all failed checks of a question share: then it is said
/// once, and not with every check.
fn shared_message(checks: &[CheckRecord]) -> Option<&str> {
    let mut failed = checks.iter().filter(|check| check.verdict == Verdict::Fail);
    let first = failed.next()?;
    let rest: Vec<_> = failed.collect();
    let same = !rest.is_empty() && rest.iter().all(|check| check.message == first.message);
    same.then_some(first.message.as_str())
}

fn write_check(
    text: &mut String,
    check: &CheckRecord,
    shared: bool,
    colour: bool,
) -> std::fmt::Result {
    let word = format!("{:<14}", check.verdict.to_string());
    let word =
        if colour { format!("\x1b[{}m{word}\x1b[0m", colour_of(check.verdict)) } else { word };
    writeln!(
        text,
        "    {word} {:>4} of {:<4} {:<26} {}",
        check.earned.to_string(),
        check.points.to_string(),
        check.id,
        check.proves
    )?;
    let is_said = check.message.is_empty() || (shared && check.verdict == Verdict::Fail);
    if !is_said {
        writeln!(
            text,
            "                   {}",
            check.message.replace('\n', "\n                   ")
        )?;
    }
    for (what, path) in [("raw numbers", &check.evidence), ("plots", &check.plots)] {
        if let Some(path) = path {
            writeln!(text, "                   {what}: {path}")?;
        }
    }
    Ok(())
}

fn colour_of(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Pass => 32,
        Verdict::Partial
        | Verdict::Inconclusive
        | Verdict::NotMeasurable
        | Verdict::NeedsReview => 33,
        Verdict::Fail | Verdict::Error => 31,
    }
}
