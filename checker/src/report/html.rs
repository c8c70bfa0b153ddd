//! One page for a browser, a phone or a printer: everything is in it, and no script.

use course::verdict::Verdict;
use maud::{DOCTYPE, Markup, html};

use super::{ExerciseView, Form, QuestionView, View};
use crate::record::CheckRecord;

pub(super) const FORM: Form = Form {
    name: "html",
    about: "A page for a browser",
    render: |view, _| page(view).into_string() + "\n",
};

const STYLE: &str = include_str!("page.css");

fn page(view: &View) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(&format!("{} of {} points: {}", view.score, view.max_score, view.submission)))
            body {
                header {
                    h1 { (view.submission) }
                    p.sum { (view.score) " of " (view.max_score) " points" }
                    @if let Some(open) = view.open_points() {
                        p { (open) "." }
                    }
                }
                main {
                    (overview(view))
                    @if !view.derivation.is_empty() {
                        section {
                            h2 { "What counts" }
                            ul { @for line in &view.derivation { li { (line) } } }
                        }
                    }
                    @for exercise in &view.exercises { (section(exercise)) }
                }
                footer {
                    @if !view.left_behind.is_empty() {
                        h2 { "Not taken from the submission" }
                        ul { @for path in view.left_behind_in_short() { li { code { (path) } } } }
                    }
                    p { "Salt " (view.salt) ", kit " (view.kit) ", isolation " (view.isolation()) "." }
                }
            }
        }
    }
}

/// The head of a page: nothing in it is fetched.
pub(super) fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) }
            style { (maud::PreEscaped(STYLE)) }
        }
    }
}

fn overview(view: &View) -> Markup {
    html! {
        table {
            caption { "Exercises" }
            thead { tr { th scope="col" { "Exercise" } th.number scope="col" { "Points" } th.number scope="col" { "Of" } th.number scope="col" { "Open" } } }
            tbody {
                @for exercise in &view.exercises {
                    tr {
                        th scope="row" { a href={ "#" (exercise.id) } { (exercise.id) ": " (exercise.title) } }
                        td.number { (exercise.score) }
                        td.number { (exercise.max_score) }
                        td.number { (exercise.undecided) }
                    }
                }
            }
        }
    }
}

fn section(exercise: &ExerciseView) -> Markup {
    html! {
        section id=(exercise.id) {
            h2 { (exercise.id) ": " (exercise.title) }
            @for item in &exercise.questions { (question(item)) }
        }
    }
}

fn question(question: &QuestionView) -> Markup {
    html! {
        article {
            h3 { (question.id) " " (question.title) " " span.sum { (question.score) " of " (question.max_score) } }
            ul.checks {
                @for item in &question.checks { (check(item)) }
                @if let Some(hidden) = question.hidden {
                    li { span.verdict { "not shown" } " " (hidden.earned) " of " (hidden.points) }
                }
            }
        }
    }
}

fn check(check: &CheckRecord) -> Markup {
    let class = match check.verdict {
        Verdict::Pass => "pass",
        Verdict::Fail | Verdict::Partial => "lost",
        _ => "open",
    };
    html! {
        li.(class) {
            span.verdict { (check.verdict) } " " (check.earned) " of " (check.points) " "
            code { (check.id) } " " (check.proves)
            @if check.verdict != Verdict::Pass && !check.message.is_empty() { pre { (check.message) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Reader;
    use crate::report::tests::{attempt, rendered_of};

    #[test]
    fn a_students_text_is_text_on_the_page() {
        let mut hostile = attempt();
        hostile.submission = "<script>alert(1)</script> Ana \"x\", ; O'Neil".to_owned();
        hostile.exercises[0].questions[0].checks[0].message =
            "</pre><img src=x onerror=y>".to_owned();
        let page = rendered_of(&hostile, "html", Reader::Student);
        assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
        assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
        // Nothing is fetched, and nothing runs.
        for word in ["http:", "https:", "src=", "javascript:"] {
            assert!(!page.replace("src=x onerror", "").contains(word), "{word}");
        }
    }
}
