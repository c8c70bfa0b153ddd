//! The last lines that an Autolab autograder prints.
//!
//! Rules: `docs/lab.md` and `docs/features/formatted-feedback.md` of Autolab. The last
//! line has a score for each problem, which are the exercises here; the line before it
//! has the formatted feedback. Autolab's parser puts quotes around whatever looks like
//! `word:`, so no text has a colon.

use course::verdict::Verdict;
use serde_json::{Map, Value, json};

use super::{ExerciseView, Form};

pub(super) const FORM: Form = Form {
    name: "autolab",
    about: "The last lines of an Autolab autograder",
    render: |view, _| {
        let mut feedback = Map::new();
        let stages: Vec<&str> = view.exercises.iter().map(|exercise| &*exercise.id).collect();
        feedback.insert("_presentation".to_owned(), "semantic".into());
        feedback.insert("stages".to_owned(), json!(stages));
        let mut scores = Map::new();
        for exercise in &view.exercises {
            feedback.insert(exercise.id.clone(), stage(exercise));
            scores.insert(exercise.id.clone(), json!(exercise.score));
        }
        let scores = json!({ "scores": scores });
        format!("{}\n{scores}\n", Value::Object(feedback))
    },
};

fn stage(exercise: &ExerciseView) -> Value {
    let mut tests = Map::new();
    for question in &exercise.questions {
        for check in &question.checks {
            let test = match check.verdict {
                Verdict::Pass => json!({ "passed": true }),
                Verdict::Fail | Verdict::Partial => {
                    json!({ "passed": false, "hint": without_colons(&check.message) })
                }
                verdict => json!(without_colons(&format!("{verdict}, {} open", check.undecided()))),
            };
            tests.insert(check.id.clone(), test);
        }
        if let Some(hidden) = question.hidden {
            let sum = format!("{} of {}", hidden.earned, hidden.points);
            tests.insert(format!("{} not shown", question.id), sum.into());
        }
    }
    tests.into()
}

fn without_colons(text: &str) -> String {
    text.replace(':', " -").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::report::Reader;
    use crate::report::tests::rendered;

    #[test]
    fn the_last_line_has_the_scores_and_no_text_has_a_colon() {
        let text = rendered("autolab", Reader::Student);
        let lines: Vec<Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let [feedback, last] = lines.as_slice() else { panic!("{text}") };
        assert_eq!(last["scores"]["exercise9"], 4);
        assert_eq!(feedback["stages"][0], "exercise9");
        let test = &feedback["exercise9"]["9.1/sieve"];
        assert_eq!(test["passed"], false);
        assert!(!test["hint"].as_str().unwrap().contains(':'), "{test}");
        assert_eq!(feedback["exercise9"]["9.1 not shown"], "2 of 2");
    }
}
