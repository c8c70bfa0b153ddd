//! Whole gradings of odd and hostile submissions, through the real program.

use std::path::Path;

use serde_json::Value;

use crate::program::{Said, checker, copy_solution, kit};

fn grade(submission: &Path, selection: &[&str]) -> (Value, Said) {
    let path = submission.to_str().unwrap();
    let mut arguments =
        vec!["grade", "--no-speed", "--salt", "7", "--format", "json", "--submission", path];
    arguments.extend(selection);
    let said = checker(&arguments);
    assert_eq!(said.code, 0, "{said:?}");
    (serde_json::from_str(&said.out).unwrap(), said)
}

fn question<'a>(attempt: &'a Value, id: &str) -> &'a Value {
    attempt["exercises"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|exercise| exercise["questions"].as_array().unwrap())
        .find(|question| question["id"] == id)
        .unwrap()
}

/// The reasons of the automatic checks of a question, each once.
fn reasons(question: &Value) -> Vec<&str> {
    let checks = question["checks"].as_array().unwrap();
    let mut reasons: Vec<&str> = checks
        .iter()
        .filter(|check| check["kind"] != "manual" && check["kind"] != "speed")
        .map(|check| check["reason"].as_str().unwrap())
        .collect();
    reasons.sort_unstable();
    reasons.dedup();
    reasons
}

/// One broken file costs its own question, and no other.
#[test]
fn broken_files_cost_their_own_question_only() {
    let folder = tempfile::tempdir().unwrap();
    copy_solution("exercise1", folder.path());
    let source = folder.path().join("exercise1/src");
    std::fs::write(source.join("q1_1_primes.rs"), "pub fn is_prime(n: u64) -> bool { n > }")
        .unwrap();
    std::fs::write(source.join("q1_2_divisible.rs"), " \n").unwrap();
    std::fs::write(source.join("q1_3_employees.rs"), [0x66, 0x6e, 0xff, 0xfe]).unwrap();
    std::fs::remove_file(source.join("q1_4_sentences.rs")).unwrap();
    std::fs::write(source.join("q1_5_paths.rs"), "pub fn renamed() {}").unwrap();
    // The compiler names the macro's own file; the student's is where it is called.
    let sales = source.join("q1_9_inventory.rs");
    let text = std::fs::read_to_string(&sales).unwrap();
    std::fs::write(sales, text + "pub fn odd() { assert_eq!(1, \"one\"); }\n").unwrap();
    std::fs::write(folder.path().join("exercise1/Cargo.toml"), "[package]\nname = \"mine\"")
        .unwrap();
    std::fs::write(folder.path().join("exercise1/build.rs"), "fn main() { panic!() }").unwrap();
    std::os::unix::fs::symlink("/etc/passwd", source.join("q1_9_link.rs")).unwrap();

    let (attempt, _) = grade(folder.path(), &[]);
    for (id, reason, words) in [
        ("1.1", "not_built", "expected expression"),
        ("1.2", "no_file", "is empty"),
        ("1.3", "no_file", "not UTF-8"),
        ("1.4", "no_file", "is missing"),
        ("1.5", "not_built", "q1_5_paths"),
        ("1.9", "not_built", "can't compare"),
        ("3.1", "no_file", "exercise3 is not in the submission"),
    ] {
        let question = question(&attempt, id);
        assert_eq!(
            (reasons(question), &question["score"]),
            (vec![reason], &Value::from(0)),
            "{id}"
        );
        assert!(
            question["checks"][0]["message"].as_str().unwrap().contains(words),
            "{id}: {question}"
        );
    }
    for id in ["1.6", "1.7", "1.8"] {
        let question = question(&attempt, id);
        assert_eq!(question["score"], question["max_score"], "{id}: {question}");
    }
    let left: Vec<&str> = attempt["left_behind"]
        .as_array()
        .unwrap()
        .iter()
        .map(|path| path.as_str().unwrap())
        .collect();
    for path in
        ["exercise1/Cargo.toml", "exercise1/build.rs", "exercise1/src/q1_9_link.rs (it is a link"]
    {
        assert!(left.iter().any(|left| left.starts_with(path)), "{path}: {left:?}");
    }
}

/// Ways out of a check before its last assertion: none of them is a pass.
#[test]
fn leaving_early_or_lying_about_it_earns_nothing() {
    let folder = tempfile::tempdir().unwrap();
    copy_solution("exercise1", folder.path());
    let source = folder.path().join("exercise1/src");
    let replace = |file: &str, from: &str, to: &str| {
        let path = source.join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no `{from}`");
        std::fs::write(path, text.replacen(from, to, 1)).unwrap();
    };
    let forged = r#"println!("{{\"finished\":{{\"nonce\":\"\",\"check\":\"1.2\"}}}}\ntest result: ok. 9 passed; 0 failed"); std::process::exit(0);"#;
    replace(
        "q1_1_primes.rs",
        "match n {",
        "std::process::exit(0);\n    #[expect(unreachable_code)]\n    match n {",
    );
    let body = std::fs::read_to_string(source.join("q1_2_divisible.rs")).unwrap();
    let at = body.find("-> Vec<u64> {").unwrap() + "-> Vec<u64> {".len();
    std::fs::write(
        source.join("q1_2_divisible.rs"),
        format!("{}\n    {forged}\n}}\n", &body[..at]),
    )
    .unwrap();

    let (attempt, _) = grade(folder.path(), &["1.1", "1.2"]);
    for id in ["1.1", "1.2"] {
        let question = question(&attempt, id);
        assert_eq!(question["score"], 0, "{question}");
        for check in question["checks"].as_array().unwrap() {
            // The form of 1.1 is right, and counts only with code that runs;
            // that of 1.2 is not even right.
            let expected = if check["id"] == "1.2/form" { "assertion" } else { "ended_early" };
            assert_eq!(check["reason"], expected, "{check}");
        }
    }
}

/// The same salt gives the same record, but for the times.
#[test]
fn a_grading_repeats_from_its_salt_and_fits_every_form() {
    let solutions = kit().join("solutions");
    let (mut first, _) = grade(&solutions, &["1.2"]);
    let (mut second, _) = grade(&solutions, &["1.2"]);
    for attempt in [&mut first, &mut second] {
        strip_times(attempt);
    }
    assert_eq!(first, second);
    assert_eq!((&first["schema_version"], &first["salt"]), (&1.into(), &7.into()));
    // The level is the one that the layers of this machine add up to.
    let layers: sandbox::Layers = serde_json::from_value(first["layers"].clone()).unwrap();
    assert_eq!(first["isolation"], layers.level().to_string());
    assert_eq!(first["score"], first["max_score"]);

    let file = tempfile::tempdir().unwrap();
    let report = file.path().join("report.md");
    let path = solutions.to_str().unwrap();
    let said = checker(&[
        "grade",
        "1.2",
        "--submission",
        path,
        "--format",
        "markdown",
        "--output",
        report.to_str().unwrap(),
    ]);
    assert_eq!((said.code, said.out.as_str()), (0, ""), "{said:?}");
    assert!(std::fs::read_to_string(report).unwrap().contains("| 1.2/"));
}

/// The untouched stubs: nothing earned, every check with its own reason, and
/// `--fail-under` says so.
#[test]
fn stubs_earn_nothing() {
    let stubs = kit().join("exercises");
    let (attempt, _) = grade(&stubs, &["1", "3.3"]);
    assert_eq!(attempt["score"], 0);
    for id in ["1.1", "1.9", "3.3"] {
        assert_eq!(reasons(question(&attempt, id)), ["not_implemented"], "{id}");
    }
    let path = stubs.to_str().unwrap();
    assert_eq!(checker(&["grade", "1.2", "--fail-under", "50", "--submission", path]).code, 1);
}

fn strip_times(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("duration_s");
            map.values_mut().for_each(strip_times);
        }
        Value::Array(values) => values.iter_mut().for_each(strip_times),
        _ => {}
    }
}
