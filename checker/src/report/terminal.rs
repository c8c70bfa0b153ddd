//! The report for people, on a terminal.

use std::fmt::Write;

use course::verdict::Verdict;

use crate::record::{Attempt, CheckRecord};

pub(super) fn render(attempt: &Attempt, colour: bool) -> String {
    let mut text = String::new();
    write_report(&mut text, attempt, colour).unwrap_or_default();
    text
}

fn write_report(text: &mut String, attempt: &Attempt, colour: bool) -> std::fmt::Result {
    for exercise in &attempt.exercises {
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
        }
    }
    writeln!(text, "\n{} of {} points", attempt.score, attempt.max_score)?;
    if attempt.undecided.hundredths() > 0 {
        writeln!(
            text,
            "{} points are not decided yet; the checks above say why.",
            attempt.undecided
        )?;
    }
    if !attempt.left_behind.is_empty() {
        let shown = attempt.left_behind.iter().take(10).cloned().collect::<Vec<_>>().join(", ");
        let more = attempt.left_behind.len().saturating_sub(10);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        writeln!(text, "Not taken from the submission: {shown}{more}")?;
    }
    writeln!(
        text,
        "salt {}, kit {}, isolation {}, {:.1} s",
        attempt.salt, attempt.kit, attempt.isolation, attempt.duration_s
    )
}

/// The message that all failed checks of a question share: then it is said
/// once, and not with every check.
fn shared_message(checks: &[CheckRecord]) -> Option<&str> {
    let mut failed = checks.iter().filter(|check| check.verdict == Verdict::Fail && !check.hidden);
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
    let (id, proves) = if check.hidden {
        (check.id.split('/').next().unwrap_or_default().to_owned() + "/hidden", "a hidden check")
    } else {
        (check.id.clone(), check.proves.as_str())
    };
    let word = format!("{:<14}", check.verdict.to_string());
    let word =
        if colour { format!("\x1b[{}m{word}\x1b[0m", colour_of(check.verdict)) } else { word };
    writeln!(
        text,
        "    {word} {:>4} of {:<4} {id:<26} {proves}",
        check.earned.to_string(),
        check.points.to_string()
    )?;
    let said =
        check.hidden || check.message.is_empty() || (shared && check.verdict == Verdict::Fail);
    if !said {
        writeln!(
            text,
            "                   {}",
            check.message.replace('\n', "\n                   ")
        )?;
    }
    for (what, path) in [("raw numbers", &check.evidence), ("plots", &check.plots)] {
        if let Some(path) = path.as_ref().filter(|_| !check.hidden) {
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
