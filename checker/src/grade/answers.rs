//! Manual checks: whether there is an answer other than the template.

use course::verdict::{Judgement, Reason, Verdict};

/// Fewest letters that count as an answer.
const LEAST: usize = 40;

/// The line of the template below which the student writes.
const MARKER: &str = "*Write your answer below this line.*";

/// Judges the answer to one question from the text of `answers.md`.
///
/// It never gives points: an answer waits for a person, and no answer is
/// told so.
#[must_use]
pub fn judge_answer(question: &str, answers: Option<&[u8]>) -> Judgement {
    let none = |why: &str| {
        Judgement::fail(
            Reason::NoAnswer,
            format!("{why} Write it in answers.md, below the heading `## {question}`."),
        )
    };
    let Some(bytes) = answers else { return none("answers.md is missing from the submission.") };
    let Ok(text) = std::str::from_utf8(bytes) else { return none("answers.md is not UTF-8 text.") };
    let Some(section) = section(question, text) else {
        return none(&format!("answers.md has no heading for question {question}."));
    };
    let answer = below_marker(section);
    if answer.chars().filter(|c| c.is_alphanumeric()).count() < LEAST {
        return none(&format!(
            "there is no answer to question {question} yet, or only a few letters."
        ));
    }
    Judgement::open(
        Verdict::NeedsReview,
        Reason::Answered,
        "your answer is there; a person gives the points.",
    )
}

/// What a student has written below a question's heading, where there is such a thing.
#[must_use]
pub fn answer_to<'a>(question: &str, answers: &'a str) -> Option<&'a str> {
    section(question, answers).map(below_marker)
}

fn below_marker(section: &str) -> &str {
    section.split_once(MARKER).map_or(section, |(_, below)| below)
}

/// The text below the heading `## 4.1 …`, up to the heading of another question.
/// Headings of the student's own, and lines in a fenced block, are part of it.
fn section<'a>(question: &str, text: &'a str) -> Option<&'a str> {
    let (mut start, mut offset) = (None, 0);
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let begin = line.trim_start();
        let marks = ["```", "~~~"].into_iter().find(|marks| begin.starts_with(marks));
        match (fence, marks) {
            (None, Some(marks)) => fence = Some(marks),
            (Some(open), Some(marks)) if open == marks => fence = None,
            _ => {}
        }
        let of_question = line.strip_prefix("## ").filter(|_| fence.is_none()).and_then(number);
        match (start, of_question) {
            (None, Some(number)) if number == question => start = Some(offset + line.len()),
            (Some(start), Some(number)) if number != question => return text.get(start..offset),
            _ => {}
        }
        offset += line.len();
    }
    text.get(start?..)
}

/// The number of a question at the beginning of a heading: `4.1` of "4.1 Compare".
fn number(heading: &str) -> Option<&str> {
    let first = heading.split_whitespace().next()?.trim_end_matches([':', '.', ')']);
    let (major, minor) = first.split_once('.')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (is_number(major) && is_number(minor)).then_some(first)
}

#[cfg(test)]
mod tests {
    use course::verdict::{Reason, Verdict};

    use super::judge_answer;

    const TEMPLATE: &str = "# Answers\n\n## 4.1 Compare\nWhen is each one right?\n*Write your answer below this line.*\n\n## 4.2 Explain\nWhy?\n";

    fn reason(text: &str) -> Reason {
        judge_answer("4.1", Some(text.as_bytes())).reason
    }

    #[test]
    fn an_answer_waits_for_a_person_and_never_earns_by_itself() {
        let text = TEMPLATE.replace(
            "line.*",
            "line.*\npool_map is right when all results are needed at once, imap for streams.",
        );
        let judged = judge_answer("4.1", Some(text.as_bytes()));
        assert_eq!((judged.verdict, judged.percent), (Verdict::NeedsReview, 0));
    }

    #[test]
    fn the_template_and_odd_files_are_no_answers() {
        assert_eq!(reason(TEMPLATE), Reason::NoAnswer);
        assert_eq!(reason(&TEMPLATE.replace("line.*", "line.*\nno idea")), Reason::NoAnswer);
        assert_eq!(
            reason("## 4.10\nsomething long enough to count as an answer if it were the right one"),
            Reason::NoAnswer
        );
        assert_eq!(reason(""), Reason::NoAnswer);
        assert_eq!(judge_answer("4.1", None).reason, Reason::NoAnswer);
        assert_eq!(judge_answer("4.1", Some(&[0xff; 99])).reason, Reason::NoAnswer);
    }

    #[test]
    fn an_answer_to_the_next_question_does_not_count_here() {
        let text = TEMPLATE.replace(
            "Why?",
            "Because a chunk of one item pays for a hand-over each time, that is why.",
        );
        assert_eq!(reason(&text), Reason::NoAnswer);
    }

    #[test]
    fn headings_and_fences_of_the_students_own_do_not_end_an_answer() {
        let long =
            "pool_map took 80 ms and imap 82 ms, on four workers and a thousand uneven jobs.";
        for answer in [
            format!("## Measurements\n{long}"),
            format!("```text\n## 4.2 a line of output\n```\n{long}"),
            format!("~~~\n## 9.9\n```\n~~~\n### More\n{long}"),
        ] {
            let text = TEMPLATE.replace("line.*", &format!("line.*\n{answer}"));
            assert_eq!(reason(&text), Reason::Answered, "{answer}");
        }
        let other = format!("## 4.1 Compare\n\n## 4.2 Explain\n{long}");
        assert_eq!(reason(&other), Reason::NoAnswer, "that is 4.2's");
    }
}
