//! PrairieLearn's `results.json` of an external grader.
//!
//! Fields and rules: `docs/externalGrading.md` and `externalGrader.ts` of PrairieLearn.
//! The score is a share of the points; a file above 1 MiB is refused.

use serde_json::{Value, json};

use super::{Form, NOTHING_GRADED, QuestionView};

/// Most characters of one message: those of all checks have to fit into 1 MiB.
const MESSAGE_CAP: usize = 800;

pub(super) const FORM: Form = Form {
    name: "prairielearn",
    about: "PrairieLearn's results.json",
    render: |view, _| {
        let questions = view.exercises.iter().flat_map(|exercise| &exercise.questions);
        let tests: Vec<Value> = questions.flat_map(tests).collect();
        let results = match view.score.share_of(view.max_score) {
            Some(share) => json!({
                "gradable": true,
                "score": share,
                "message": view.sum(),
                "tests": tests,
            }),
            None => json!({ "gradable": false, "format_errors": [NOTHING_GRADED] }),
        };
        format!("{results:#}\n")
    },
};

fn tests(question: &QuestionView) -> Vec<Value> {
    let shown = question.checks.iter().map(|check| {
        json!({
            "name": check.id,
            "description": check.proves,
            "points": check.earned,
            "max_points": check.points,
            "message": check.message.chars().take(MESSAGE_CAP).collect::<String>(),
            "output": format!("{}", check.verdict),
        })
    });
    let hidden = question.hidden.map(|hidden| {
        json!({
            "name": format!("{}: not shown", question.id),
            "points": hidden.earned,
            "max_points": hidden.points,
        })
    });
    shown.chain(hidden).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::report::Reader;
    use crate::report::tests::{nothing_graded, rendered, rendered_of};

    #[test]
    fn the_file_has_what_prairielearn_reads() {
        let results: Value =
            serde_json::from_str(&rendered("prairielearn", Reader::Student)).unwrap();
        assert_eq!(results["gradable"], true);
        let score = results["score"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&score), "{results}");
        for test in results["tests"].as_array().unwrap() {
            assert!(test["points"].is_number() && test["max_points"].is_number(), "{test}");
        }
        let nothing = rendered_of(&nothing_graded(), "prairielearn", Reader::Student);
        let nothing: Value = serde_json::from_str(&nothing).unwrap();
        assert_eq!(nothing["gradable"], false, "no division by no points");
    }
}
