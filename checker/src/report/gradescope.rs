//! Gradescope's `results.json`.
//!
//! Fields and rules: the autograder specification (`docs/specs.md`) of Gradescope's
//! `autograder_samples`. A test that is hidden there hides the total from the student
//! too, so what is hidden here is a visible test with a sum and no name of a check.

use course::verdict::Verdict;
use serde_json::{Value, json};

use super::{Form, QuestionView};
use crate::record::CheckRecord;

pub(super) const FORM: Form = Form {
    name: "gradescope",
    about: "Gradescope's results.json",
    render: |view, _| {
        let questions = view.exercises.iter().flat_map(|exercise| &exercise.questions);
        let results = json!({
            "score": view.score,
            "execution_time": view.duration_s,
            "output": view.sum(),
            "output_format": "text",
            "test_output_format": "text",
            "test_name_format": "text",
            "visibility": "visible",
            "stdout_visibility": "hidden",
            "tests": questions.flat_map(tests).collect::<Vec<_>>(),
            "extra_data": {
                "kit": view.kit,
                "salt": view.salt,
                "isolation": view.level,
                "max_score": view.max_score,
                "undecided": view.undecided,
            },
        });
        format!("{results:#}\n")
    },
};

fn tests(question: &QuestionView) -> Vec<Value> {
    let mut tests: Vec<Value> = question.checks.iter().map(|check| test(question, check)).collect();
    if let Some(hidden) = question.hidden {
        tests.push(json!({
            "number": question.id,
            "name": format!("{}: not shown", question.id),
            "score": hidden.earned,
            "max_score": hidden.points,
            "visibility": "visible",
        }));
    }
    tests
}

fn test(question: &QuestionView, check: &CheckRecord) -> Value {
    let mut test = json!({
        "number": question.id,
        "name": format!("{}: {}", check.id, check.proves),
        "score": check.earned,
        "max_score": check.points,
        "output": check.message,
        "visibility": "visible",
    });
    // Without a status, one is made of the points.
    match check.verdict {
        Verdict::Pass => test["status"] = "passed".into(),
        Verdict::Fail | Verdict::Partial => test["status"] = "failed".into(),
        _ => {
            let said = format!("{}, {} points are open\n", check.verdict, check.undecided());
            test["output"] = (said + &check.message).into();
        }
    }
    test
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::report::tests::rendered;
    use crate::report::{FORMS, Reader};

    /// The rules that the specification has for each field.
    #[test]
    fn the_file_has_what_gradescope_reads() {
        assert!(FORMS.iter().any(|form| form.name == "gradescope"));
        let results: Value =
            serde_json::from_str(&rendered("gradescope", Reader::Student)).unwrap();
        let tests = results["tests"].as_array().unwrap();
        let sum: f64 = tests.iter().map(|test| test["score"].as_f64().unwrap()).sum();
        assert_eq!(results["score"].as_f64(), Some(sum));
        for test in tests {
            assert!(test["max_score"].as_f64() >= test["score"].as_f64(), "{test}");
            assert!(test["name"].is_string() && test["number"].is_string(), "{test}");
            let status = test["status"].as_str().unwrap_or("passed");
            assert!(["passed", "failed"].contains(&status), "{test}");
            // A hidden test would hide the total.
            assert_eq!(test["visibility"], "visible", "{test}");
        }
        assert!(tests.iter().any(|test| test["name"] == "9.1: not shown"), "{results}");
    }
}
