//! The report for a pull request or an email.

use std::fmt::Write;

use course::verdict::Verdict;
use kit::text::{fence, longest_run};

use super::{Form, View};

pub(super) const FORM: Form = Form {
    name: "markdown",
    about: "For a pull request or an email",
    render: |view, _| {
        let mut text = String::new();
        write_report(&mut text, view).unwrap_or_default();
        text
    },
};

fn write_report(text: &mut String, view: &View) -> std::fmt::Result {
    writeln!(text, "# {} of {} points\n", view.score, view.max_score)?;
    if let Some(open) = view.open_points() {
        writeln!(text, "{open}.\n")?;
    }
    for exercise in &view.exercises {
        writeln!(
            text,
            "## {}: {} ({} of {})\n",
            exercise.id, exercise.title, exercise.score, exercise.max_score
        )?;
        writeln!(text, "| check | kind | points | verdict |\n| --- | --- | --- | --- |")?;
        let checks = || exercise.questions.iter().flat_map(|question| &question.checks);
        for check in checks() {
            writeln!(
                text,
                "| {} | {} | {} of {} | {} |",
                check.id, check.kind, check.earned, check.points, check.verdict
            )?;
        }
        for question in &exercise.questions {
            let Some(hidden) = question.hidden else { continue };
            let (id, earned, points) = (&question.id, hidden.earned, hidden.points);
            writeln!(text, "| {id} | not shown | {earned} of {points} | |")?;
        }
        writeln!(text)?;
        for check in
            checks().filter(|check| check.verdict != Verdict::Pass && !check.message.is_empty())
        {
            let fence = fence(&check.message);
            writeln!(
                text,
                "**{}**: {}\n\n{fence}text\n{}\n{fence}\n",
                check.id, check.proves, check.message
            )?;
        }
    }
    let measured: Vec<_> = view.checks().filter(|check| check.evidence.is_some()).collect();
    if !measured.is_empty() {
        writeln!(text, "Raw numbers and plots, on the machine that graded:\n")?;
        for check in measured {
            for path in [&check.evidence, &check.plots].into_iter().flatten() {
                writeln!(text, "- {}: `{path}`", check.id)?;
            }
        }
        writeln!(text)?;
    }
    if !view.derivation.is_empty() {
        writeln!(text, "What counts:\n")?;
        for line in &view.derivation {
            writeln!(text, "- {line}")?;
        }
        writeln!(text)?;
    }
    if !view.left_behind.is_empty() {
        writeln!(text, "Not taken from the submission:\n")?;
        for path in view.left_behind_in_short() {
            let fence = "`".repeat(longest_run(&path) + 1);
            writeln!(text, "- {fence} {} {fence}", path.replace('\n', " "))?;
        }
        writeln!(text)?;
    }
    writeln!(text, "Salt {}, kit {}, isolation {}.", view.salt, view.kit, view.isolation())
}
