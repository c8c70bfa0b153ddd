//! What a custom validator of Submitty writes, `validation_results.json`.
//!
//! Fields and rules: "Python Custom Validator Output" in `validation.md` of Submitty's
//! documentation. The score is a share of the points of the test case; `failure` is for
//! the instructor's log alone, and is written where nothing was graded.

use course::verdict::Verdict;
use serde_json::{Value, json};

use super::{Form, Hidden, NOTHING_GRADED, QuestionView};
use crate::record::CheckRecord;

pub(super) const FORM: Form = Form {
    name: "submitty",
    about: "validation_results.json of a custom validator of Submitty",
    render: |view, _| {
        let questions = view.exercises.iter().flat_map(|exercise| &exercise.questions);
        let sum = json!({ "message": view.sum(), "status": "information" });
        let messages: Vec<Value> =
            std::iter::once(sum).chain(questions.flat_map(messages)).collect();
        let results = match view.score.share_of(view.max_score) {
            Some(share) => json!({
                "status": "success",
                "data": { "score": share, "message": messages },
            }),
            None => json!({ "status": "failure", "message": NOTHING_GRADED }),
        };
        format!("{results:#}\n")
    },
};

/// A message for each check that is shown, and one with the sum of the others.
fn messages(question: &QuestionView) -> Vec<Value> {
    let hidden = question.hidden.map(|hidden| {
        let Hidden { earned, points, .. } = hidden;
        let message = format!("{}: not shown, {earned} of {points} points", question.id);
        json!({ "message": message, "status": "information" })
    });
    question.checks.iter().map(message).chain(hidden).collect()
}

fn message(check: &CheckRecord) -> Value {
    let (sum, what) = (format!("{} of {} points", check.earned, check.points), &check.proves);
    let (status, said) = match check.verdict {
        Verdict::Pass => ("success", sum),
        Verdict::Fail => ("failure", sum),
        Verdict::Partial => ("warning", sum),
        // Nobody has lost what is not decided.
        _ => ("information", format!("{}, {} points are open", check.verdict, check.undecided())),
    };
    let text = format!("{}: {what}: {said}\n{}", check.id, check.message);
    json!({ "message": text.trim_end(), "status": status })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::report::Reader;
    use crate::report::tests::{nothing_graded, rendered, rendered_of};

    /// The rules that the documentation has for each field.
    #[test]
    fn the_file_has_what_submitty_reads() {
        let results: Value = serde_json::from_str(&rendered("submitty", Reader::Student)).unwrap();
        assert_eq!(results["status"], "success");
        let score = results["data"]["score"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&score), "{results}");
        let messages = results["data"]["message"].as_array().unwrap();
        for message in messages {
            assert!(!message["message"].as_str().unwrap().is_empty(), "{message}");
            let status = message["status"].as_str().unwrap();
            let known = ["information", "failure", "warning", "success"];
            assert!(known.contains(&status), "{message}");
        }
        let hidden = "9.1: not shown, 2 of 2 points";
        assert!(messages.iter().any(|message| message["message"] == hidden), "{results}");
        let nothing = rendered_of(&nothing_graded(), "submitty", Reader::Student);
        let nothing: Value = serde_json::from_str(&nothing).unwrap();
        assert_eq!(nothing["status"], "failure", "no division by no points");
        assert!(nothing["message"].is_string(), "{nothing}");
    }
}
