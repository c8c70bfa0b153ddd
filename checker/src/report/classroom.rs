//! The result of a GitHub Classroom runner, before it is encoded.
//!
//! Fields: `classroom-resources/autograding-command-grader` and
//! `autograding-grading-reporter`, which Classroom 50 and others read still. The step's
//! output `result` is this file in base64 (`base64 -w0`); the reporter adds the tests'
//! scores up.

use course::verdict::Verdict;
use serde_json::{Value, json};

use super::{Form, QuestionView};

pub(super) const FORM: Form = Form {
    name: "classroom",
    about: "The result of a GitHub Classroom runner",
    render: |view, _| {
        let questions = view.exercises.iter().flat_map(|exercise| &exercise.questions);
        let is_full = view.score == view.max_score;
        let result = json!({
            "version": 1,
            "status": if is_full { "pass" } else { "fail" },
            // A whole number, as the reporter has it; the scores are exact.
            "max_score": view.max_score.hundredths().div_ceil(100),
            "tests": questions.map(test).collect::<Vec<_>>(),
        });
        format!("{result:#}\n")
    },
};

fn test(question: &QuestionView) -> Value {
    let checks = question.checks.iter().filter(|check| check.verdict != Verdict::Pass);
    let mut lines: Vec<String> =
        checks.map(|check| format!("{} {}: {}", check.id, check.verdict, check.message)).collect();
    if let Some(hidden) = question.hidden {
        lines.push(format!("not shown: {} of {} points", hidden.earned, hidden.points));
    }
    let ids: Vec<&str> = question.checks.iter().map(|check| &*check.id).collect();
    json!({
        "name": format!("{} {}", question.id, question.title),
        "status": if question.score == question.max_score { "pass" } else { "fail" },
        "score": question.score,
        "message": lines.join("\n"),
        "test_code": ids.join(" "),
        "filename": question.file,
        "line_no": 0,
        "duration": milliseconds(question),
    })
}

fn milliseconds(question: &QuestionView) -> f64 {
    let seconds: f64 = question.checks.iter().map(|check| check.duration_s).sum();
    (seconds * 1000.0).round()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::report::Reader;
    use crate::report::tests::rendered;

    #[test]
    fn the_scores_add_up_to_the_reporters_total() {
        let result: Value = serde_json::from_str(&rendered("classroom", Reader::Student)).unwrap();
        let tests = result["tests"].as_array().unwrap();
        let total: f64 = tests.iter().map(|test| test["score"].as_f64().unwrap()).sum();
        assert_eq!((total, &result["max_score"]), (4.0, &8.into()));
        assert_eq!((&result["status"], &result["version"]), (&"fail".into(), &1.into()));
        assert!(tests[0]["message"].as_str().unwrap().contains("not shown: 2 of 2 points"));
    }
}
