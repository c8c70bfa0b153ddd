//! Every form from one fixed record, for every reader.

use course::catalog::Kind;
use course::points::Points;
use course::verdict::{Reason, Verdict};
use sandbox::{Layer, Layers, Level};

use super::{FORMS, Reader, View, form};
use crate::record::{Attempt, CheckRecord, ExerciseRecord, QuestionRecord, SCHEMA_VERSION};

/// What no student may read: name, input and message of a hidden check.
const SECRET: [&str; 4] = ["9.1/trap", "secret-input", "secret-message", "proves-a-secret"];

fn check(id: &str, verdict: Verdict, message: &str, hidden: bool) -> CheckRecord {
    let points = Points::from_hundredths(200);
    CheckRecord {
        id: id.into(),
        kind: if verdict == Verdict::NeedsReview { Kind::Manual } else { Kind::Property },
        proves: if hidden { "proves-a-secret" } else { "agrees with a sieve" }.into(),
        hidden,
        points,
        earned: if verdict == Verdict::Pass { points } else { Points::ZERO },
        verdict,
        reason: if verdict == Verdict::Pass { Reason::Proved } else { Reason::Assertion },
        message: message.into(),
        duration_s: 0.5,
        evidence: hidden.then(|| "evidence/9.1-trap.json".into()),
        plots: None,
    }
}

pub(crate) fn attempt() -> Attempt {
    let checks = vec![
        check("9.1/sieve", Verdict::Fail, "expected `2`\ngot `\u{1b}[31m3\u{202e}`", false),
        check("9.1/trap", Verdict::Pass, "secret-message for secret-input", true),
        check("9.1/order", Verdict::Pass, "", false),
        check("9.1/answer", Verdict::NeedsReview, "a person gives the points.", false),
    ];
    let sum = |pick: fn(&CheckRecord) -> Points| checks.iter().map(pick).sum::<Points>();
    let (score, max_score, undecided) =
        (sum(|check| check.earned), sum(|check| check.points), sum(CheckRecord::undecided));
    let question = QuestionRecord {
        id: "9.1".into(),
        title: "Primes".into(),
        file: "src/q9_1_primes.rs".into(),
        score,
        max_score,
        undecided,
        checks,
    };
    let exercise = ExerciseRecord {
        id: "exercise9".into(),
        title: "Numbers".into(),
        score,
        max_score,
        undecided,
        questions: vec![question],
    };
    Attempt {
        schema_version: SCHEMA_VERSION,
        submission: "=HYPERLINK(\"x\")\n张伟".into(),
        kit: "0123456789abcdef".into(),
        salt: 7,
        isolation: Level::Process,
        layers: Layers::with_missing([(Layer::Landlock, "no such system call".to_owned())]),
        score,
        max_score,
        undecided,
        duration_s: 1.5,
        exercises: vec![exercise],
        left_behind: vec![
            "exercise9/Cargo.toml (it belongs to the kit)".into(),
            "exercise9/cat.png (only sources under src/ and answers.md are taken)".into(),
        ],
    }
}

pub(super) fn rendered(name: &str, reader: Reader) -> String {
    rendered_of(&attempt(), name, reader)
}

pub(super) fn rendered_of(attempt: &Attempt, name: &str, reader: Reader) -> String {
    (form(name).unwrap().render)(&View::new(attempt, reader), false)
}

/// An attempt in which nothing was graded.
pub(super) fn nothing_graded() -> Attempt {
    Attempt {
        score: Points::ZERO,
        max_score: Points::ZERO,
        undecided: Points::ZERO,
        exercises: Vec::new(),
        ..attempt()
    }
}

#[test]
fn what_is_written_can_be_read_and_another_version_is_refused() {
    let json = serde_json::to_vec(&attempt()).unwrap();
    assert_eq!(Attempt::read(&json).unwrap(), attempt());
    let text = String::from_utf8(json).unwrap();
    let newer = text.replacen("\"schema_version\":1", "\"schema_version\":2", 1);
    assert!(Attempt::read(newer.as_bytes()).unwrap_err().contains("version 2"));
    assert!(Attempt::read(b"{}").unwrap_err().contains("not a record"));
    let damaged = text.replacen("\"salt\":7", "\"salt\":\"x\"", 1);
    assert!(Attempt::read(damaged.as_bytes()).unwrap_err().contains("damaged"));
}

#[test]
fn no_form_shows_a_student_or_the_public_a_hidden_check() {
    for form in FORMS {
        for reader in [Reader::Student, Reader::Public] {
            let text = rendered(form.name, reader);
            for secret in SECRET {
                assert!(!text.contains(secret), "{} for {reader:?} shows {secret}", form.name);
            }
        }
        // Annotations are about what was lost, and this one passed.
        let text = rendered(form.name, Reader::Instructor);
        assert!(form.name == "github" || text.contains("9.1/trap"), "{}", form.name);
    }
}

#[test]
fn sums_still_add_up_without_the_hidden_checks() {
    for reader in [Reader::Student, Reader::Instructor, Reader::Public] {
        let view = View::new(&attempt(), reader);
        let question = &view.exercises[0].questions[0];
        let hidden = question.hidden.unwrap_or_default();
        let sum =
            |pick: fn(&CheckRecord) -> Points| question.checks.iter().map(pick).sum::<Points>();
        assert_eq!(sum(|check| check.earned) + hidden.earned, question.score, "{reader:?}");
        assert_eq!(sum(|check| check.points) + hidden.points, question.max_score);
        assert_eq!(sum(CheckRecord::undecided) + hidden.undecided, question.undecided);
        assert_eq!((view.score, view.max_score), (question.score, question.max_score));
    }
}

#[test]
fn a_students_text_acts_on_no_terminal_and_the_public_reads_none() {
    for form in FORMS {
        let text = rendered(form.name, Reader::Student);
        let acts = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!text.contains(acts), "{}: {text:?}", form.name);
        assert!(!rendered(form.name, Reader::Public).contains("expected `2`"), "{}", form.name);
    }
}

#[test]
fn evidence_is_named_by_its_place_beside_the_record() {
    let mut far = attempt();
    far.exercises[0].questions[0].checks[1].evidence = Some("/kit/target/evidence/x.json".into());
    let near = far.relative_to("/kit/reports".as_ref());
    let evidence = near.exercises[0].questions[0].checks[1].evidence.as_deref();
    assert_eq!(evidence, Some("../target/evidence/x.json"));
}

#[test]
fn terminal() {
    insta::assert_snapshot!(rendered("terminal", Reader::Student));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(rendered("markdown", Reader::Instructor));
}

#[test]
fn json() {
    insta::assert_snapshot!(rendered("json", Reader::Student));
}
