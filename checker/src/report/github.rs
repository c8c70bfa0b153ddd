//! Annotations of GitHub Actions, as workflow commands.
//!
//! Commands and escapes: "Workflow commands" in GitHub's documentation. A step shows
//! ten annotations of a kind and drops the rest without a word, so the tenth says how
//! many there are.

use std::fmt::Write;

use course::verdict::Verdict;

use super::{ExerciseView, Form, QuestionView};
use crate::record::CheckRecord;

/// Most annotations of one kind in one step.
const MOST: usize = 10;

pub(super) const FORM: Form = Form {
    name: "github",
    about: "Annotations of GitHub Actions",
    render: |view, _| {
        let checks = || {
            view.exercises.iter().flat_map(|exercise| {
                let questions = exercise.questions.iter();
                questions.flat_map(move |question| {
                    question.checks.iter().map(move |check| (exercise, question, check))
                })
            })
        };
        let is_lost = |verdict| matches!(verdict, Verdict::Fail | Verdict::Partial);
        let lost = checks().filter(|(_, _, check)| is_lost(check.verdict));
        let open = checks()
            .filter(|(_, _, check)| !is_lost(check.verdict) && check.verdict != Verdict::Pass);
        let mut text = String::new();
        write_kind(&mut text, "error", &lost.collect::<Vec<_>>());
        write_kind(&mut text, "warning", &open.collect::<Vec<_>>());
        writeln!(text, "::notice title=Grade::{}", data(&view.sum())).unwrap_or_default();
        text
    },
};

type Place<'a> = (&'a ExerciseView, &'a QuestionView, &'a CheckRecord);

fn write_kind(text: &mut String, kind: &str, checks: &[Place<'_>]) {
    let shown = if checks.len() > MOST { MOST - 1 } else { checks.len() };
    for (exercise, question, check) in &checks[..shown] {
        let path = format!("exercises/{}/{}", exercise.id, question.file);
        let line = line_in(&question.file, &check.message);
        let at = line.map(|line| format!(",line={line}")).unwrap_or_default();
        let (file, title) = (property(&path), property(&format!("{} {}", check.id, check.verdict)));
        let said = data(&format!("{}\n{}", check.proves, check.message));
        writeln!(text, "::{kind} file={file}{at},title={title}::{said}").unwrap_or_default();
    }
    if shown < checks.len() {
        let more = checks.len() - shown;
        let said = data(&format!("and {more} more; the report names them all"));
        writeln!(text, "::{kind} title=More::{said}").unwrap_or_default();
    }
}

/// The line of a file that a compiler or a panic named: the first `file:LINE`. A panic
/// names the file as the package has it, the compiler with folders before that.
fn line_in(file: &str, message: &str) -> Option<u32> {
    let (_, rest) = message.split_once(&format!("{file}:"))?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok().filter(|&line| line > 0)
}

/// A command's text, in which a line end would begin the next command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends with a comma or a colon too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{data, line_in, property};
    use crate::report::Reader;
    use crate::report::tests::{attempt, rendered, rendered_of};

    #[test]
    fn a_check_is_annotated_once_at_the_line_that_was_named() {
        for message in [
            "your code panicked at src/q9_1_primes.rs:12: no",
            "not written yet: `primes` in src/q9_1_primes.rs:12",
            "error: expected `;`\n --> exercises/exercise9/src/q9_1_primes.rs:12:5",
        ] {
            let mut named = attempt();
            named.exercises[0].questions[0].checks[0].message = message.to_owned();
            let text = rendered_of(&named, "github", Reader::Student);
            let place = "file=exercises/exercise9/src/q9_1_primes.rs,line=12";
            assert!(text.contains(&format!("::error {place},title=9.1/sieve fail::")), "{text}");
            let sum = "::notice title=Grade::4 of 8 points; 2 points are not decided yet: 2 for a person to give\n";
            assert!(text.ends_with(sum), "{text}");
        }
        assert_eq!(line_in("a.rs", "b.rs:7:1"), None);
    }

    #[test]
    fn ten_annotations_of_a_kind_are_the_most() {
        let mut many = attempt();
        let checks = &mut many.exercises[0].questions[0].checks;
        *checks = vec![checks[0].clone(); 30];
        let text = rendered_of(&many, "github", Reader::Student);
        assert_eq!(text.lines().filter(|line| line.starts_with("::error")).count(), 10);
        assert!(text.contains("::error title=More::and 21 more"), "{text}");
    }

    #[test]
    fn each_line_is_a_command_of_ours() {
        let mut hostile = attempt();
        hostile.exercises[0].questions[0].checks[0].message =
            "\n::set-output name=grade::100\r\n::stop-commands::x\n%0A::add-mask::y".to_owned();
        for line in rendered_of(&hostile, "github", Reader::Student).lines() {
            let ours = ["::error ", "::warning ", "::notice "];
            assert!(ours.iter().any(|kind| line.starts_with(kind)), "{line}");
        }
        assert!(rendered("github", Reader::Public).contains("9.1/sieve"));
    }

    proptest! {
        #[test]
        fn no_text_ends_its_command(text in "\\PC*|(?s).*") {
            prop_assert!(!data(&text).contains(['\r', '\n']));
            prop_assert!(!property(&text).contains(['\r', '\n', ':', ',']));
        }
    }
}
