//! The comment on a request for changes: before and after, and what to do next.

use std::collections::BTreeMap;
use std::fmt::Write;

use course::points::Points;
use course::verdict::Verdict;
use kit::text::{clean, clean_line, fence, longest_run};

use super::outcome::CiOutcome;
use crate::report::{QuestionView, View};

/// Most bytes of a comment: forges refuse more than 64 KiB.
const COMMENT_CAP: usize = 60_000;

/// Most characters of one message in it.
const MESSAGE_CAP: usize = 1500;

/// Most files that are named.
const FILES_CAP: usize = 20;

/// Makes the comment, as Markdown in which a student's text is text.
#[must_use]
pub fn comment(outcome: &CiOutcome) -> String {
    let mut text = String::new();
    write_comment(&mut text, outcome).unwrap_or_default();
    text
}

fn write_comment(text: &mut String, outcome: &CiOutcome) -> std::fmt::Result {
    let Some(after) = &outcome.after else {
        writeln!(text, "## Nothing to grade\n\nNo file of a question differs.\n")?;
        return write_elsewhere(text, outcome);
    };
    writeln!(text, "## {}\n", after.sum())?;
    let before: BTreeMap<&str, &QuestionView> =
        outcome.before.iter().flat_map(questions).map(|one| (&*one.id, one)).collect();
    writeln!(text, "| question | before | after | of | not decided |")?;
    writeln!(text, "| --- | ---: | ---: | ---: | ---: |")?;
    for question in questions(after) {
        let was = before.get(&*question.id).map(|one| one.score.to_string());
        let open = match question.undecided {
            Points::ZERO => String::new(),
            open => open.to_string(),
        };
        writeln!(
            text,
            "| {} {} | {} | {} | {} | {open} |",
            question.id,
            question.title,
            was.unwrap_or_default(),
            question.score,
            question.max_score,
        )?;
    }
    writeln!(text)?;
    let mut left_out = 0;
    for check in after.checks().filter(|check| check.verdict != Verdict::Pass) {
        let message: String = clean(&check.message).chars().take(MESSAGE_CAP).collect();
        let fence = fence(&message);
        let said = format!(
            "**{}**, {}: {}\n\n{fence}text\n{message}\n{fence}\n",
            check.id, check.verdict, check.proves
        );
        if text.len() + said.len() > COMMENT_CAP {
            left_out += 1;
            continue;
        }
        writeln!(text, "{said}")?;
    }
    if left_out > 0 {
        writeln!(text, "{left_out} more checks did not pass; the run's summary names them.\n")?;
    }
    write_elsewhere(text, outcome)?;
    writeln!(
        text,
        "Salt {}, kit {}, isolation {}. This is what a run of the request's own code says; the course grades again by itself.",
        after.salt,
        clean_line(&after.kit),
        after.isolation()
    )
}

fn questions(view: &View) -> impl Iterator<Item = &QuestionView> {
    view.exercises.iter().flat_map(|exercise| &exercise.questions)
}

fn write_elsewhere(text: &mut String, outcome: &CiOutcome) -> std::fmt::Result {
    if outcome.elsewhere.is_empty() {
        return Ok(());
    }
    writeln!(text, "Changed and not taken, because it is not a student's to change:\n")?;
    for path in outcome.elsewhere.iter().take(FILES_CAP) {
        let path: String = clean_line(path).chars().take(200).collect();
        let fence = "`".repeat(longest_run(&path) + 1);
        writeln!(text, "- {fence} {path} {fence}")?;
    }
    if outcome.elsewhere.len() > FILES_CAP {
        writeln!(text, "- and {} more", outcome.elsewhere.len() - FILES_CAP)?;
    }
    writeln!(text)
}
