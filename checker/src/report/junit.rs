//! JUnit's XML, as continuous integration reads it.
//!
//! There is no official text; this is the dialect that Jenkins reads, as the crate
//! `quick-junit` writes it: a suite for each exercise, a case for each check. What
//! nobody has decided is skipped, what the kit or the machine did is an error.

use std::time::Duration;

use course::verdict::Verdict;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{ExerciseView, Form, QuestionView};
use crate::record::CheckRecord;

pub(super) const FORM: Form = Form {
    name: "junit",
    about: "JUnit's XML, for continuous integration",
    render: |view, _| {
        let mut report = Report::new("checker");
        report.add_test_suites(view.exercises.iter().map(suite));
        report.to_string().unwrap_or_default()
    },
};

fn suite(exercise: &ExerciseView) -> TestSuite {
    let mut suite = TestSuite::new(exercise.id.as_str());
    for question in &exercise.questions {
        suite.add_test_cases(question.checks.iter().map(|check| case(exercise, question, check)));
        if let Some(hidden) = question.hidden {
            let sum = format!("{} of {} points", hidden.earned, hidden.points);
            let status = match hidden.earned == hidden.points {
                true => TestCaseStatus::success(),
                false => lost(NonSuccessKind::Failure, "not shown", &sum),
            };
            let mut case = TestCase::new("not shown", status);
            case.set_classname(format!("{}.{}", exercise.id, question.id));
            suite.add_test_case(case);
        }
    }
    suite
}

fn case(exercise: &ExerciseView, question: &QuestionView, check: &CheckRecord) -> TestCase {
    let status = match check.verdict {
        Verdict::Pass => TestCaseStatus::success(),
        Verdict::Error => lost(NonSuccessKind::Error, &check.reason.word(), &check.message),
        Verdict::Fail | Verdict::Partial => {
            lost(NonSuccessKind::Failure, &check.reason.word(), &check.message)
        }
        _ => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(check.message.as_str());
            status
        }
    };
    let mut case = TestCase::new(check.id.as_str(), status);
    case.set_classname(format!("{}.{}", exercise.id, question.id));
    case.set_time(Duration::try_from_secs_f64(check.duration_s).unwrap_or_default());
    let file = format!("exercises/{}/{}", exercise.id, question.file);
    case.extra.insert("file".into(), file.into());
    case
}

fn lost(kind: NonSuccessKind, reason: &str, message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    let first = message.lines().next().unwrap_or_default();
    status.set_type(reason).set_message(first).set_description(message);
    status
}

#[cfg(test)]
mod tests {
    use quick_junit::Report;

    use crate::report::Reader;
    use crate::report::tests::{nothing_graded, rendered, rendered_of};

    #[test]
    fn what_is_written_is_read_as_it_was_meant() {
        let report = Report::deserialize_from_str(&rendered("junit", Reader::Student)).unwrap();
        let suite = &report.test_suites[0];
        assert_eq!((suite.tests, suite.failures, suite.disabled), (4, 1, None), "{suite:?}");
        assert_eq!(suite.test_cases[0].classname.as_deref(), Some("exercise9.9.1"));
        let file = suite.test_cases[0].extra.get("file").unwrap();
        assert_eq!(file.as_str(), "exercises/exercise9/src/q9_1_primes.rs");
        let nothing = rendered_of(&nothing_graded(), "junit", Reader::Student);
        assert_eq!(Report::deserialize_from_str(&nothing).unwrap().tests, 0);
    }
}
