//! The report for a pull request or a mail.

use std::fmt::Write;

use course::verdict::Verdict;

use crate::record::Attempt;

pub(super) fn render(attempt: &Attempt) -> String {
    let mut text = String::new();
    write_report(&mut text, attempt).unwrap_or_default();
    text
}

fn write_report(text: &mut String, attempt: &Attempt) -> std::fmt::Result {
    writeln!(text, "# {} of {} points\n", attempt.score, attempt.max_score)?;
    if attempt.undecided.hundredths() > 0 {
        writeln!(text, "{} points are not decided yet.\n", attempt.undecided)?;
    }
    for exercise in &attempt.exercises {
        writeln!(
            text,
            "## {}: {} ({} of {})\n",
            exercise.id, exercise.title, exercise.score, exercise.max_score
        )?;
        writeln!(text, "| check | kind | points | verdict |\n| --- | --- | --- | --- |")?;
        let checks = || exercise.questions.iter().flat_map(|question| &question.checks);
        for check in checks() {
            let id = if check.hidden { "hidden" } else { &check.id };
            writeln!(
                text,
                "| {id} | {} | {} of {} | {} |",
                check.kind, check.earned, check.points, check.verdict
            )?;
        }
        writeln!(text)?;
        for check in checks().filter(|check| {
            !check.hidden && check.verdict != Verdict::Pass && !check.message.is_empty()
        }) {
            let fence = fence(&check.message);
            writeln!(
                text,
                "**{}**: {}\n\n{fence}text\n{}\n{fence}\n",
                check.id, check.proves, check.message
            )?;
        }
    }
    let measured: Vec<_> =
        attempt.checks().filter(|check| !check.hidden && check.evidence.is_some()).collect();
    if !measured.is_empty() {
        writeln!(text, "Raw numbers and plots, on the machine that graded:\n")?;
        for check in measured {
            for path in [&check.evidence, &check.plots].into_iter().flatten() {
                writeln!(text, "- {}: `{path}`", check.id)?;
            }
        }
        writeln!(text)?;
    }
    if !attempt.left_behind.is_empty() {
        writeln!(text, "Not taken from the submission:\n")?;
        for path in &attempt.left_behind {
            let fence = "`".repeat(longest_run(path) + 1);
            writeln!(text, "- {fence} {} {fence}", path.replace('\n', " "))?;
        }
        writeln!(text)?;
    }
    writeln!(text, "Salt {}, kit {}, isolation {}.", attempt.salt, attempt.kit, attempt.isolation)
}

/// A fence that the message cannot close.
fn fence(message: &str) -> String {
    "`".repeat(longest_run(message).max(2) + 1)
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}
