//! What a machine, a name or a stray file does costs nobody a point.

use std::path::Path;

use serde_json::Value;

use crate::program::{Said, checker, checker_with, copy_solution, kit};

fn grade(submission: &Path, questions: &[&str], environment: &[(&str, &str)]) -> (Value, Said) {
    let mut arguments = vec!["grade", "--no-speed", "--salt", "7", "--format", "json"];
    arguments.extend(["--submission", submission.to_str().unwrap()]);
    arguments.extend(questions);
    let said = checker_with(environment, &arguments);
    (serde_json::from_str(&said.out).unwrap_or_default(), said)
}

fn checks(attempt: &Value) -> Vec<&Value> {
    let exercises = attempt["exercises"].as_array().unwrap().iter();
    let questions = exercises.flat_map(|exercise| exercise["questions"].as_array().unwrap());
    questions.flat_map(|question| question["checks"].as_array().unwrap()).collect()
}

/// Without a linker a build fails and no line of the student's is wrong.
#[test]
fn a_machine_without_a_linker_judges_nobody() {
    let tools = tempfile::tempdir().unwrap();
    let find = |name: &str| {
        let paths = std::env::var_os("PATH").unwrap();
        std::env::split_paths(&paths).map(|path| path.join(name)).find(|path| path.is_file())
    };
    for tool in ["cargo", "rustc"] {
        std::os::unix::fs::symlink(find(tool).unwrap(), tools.path().join(tool)).unwrap();
    }
    let path = tools.path().to_str().unwrap().to_owned();
    let folder = tempfile::tempdir().unwrap();
    copy_solution("exercise2", folder.path());
    // A line of its own, so that it was never compiled before.
    let file = folder.path().join("exercise2/src/q2_2_pipeline.rs");
    let text = std::fs::read_to_string(&file).unwrap() + "\n// without a linker\n";
    std::fs::write(&file, text).unwrap();
    let (attempt, said) = grade(folder.path(), &["2.2"], &[("PATH", &path)]);
    if said.code == 70 {
        assert!(said.err.contains("not the submission's fault"), "{said:?}");
        return;
    }
    assert_eq!((said.code, &attempt["score"]), (0, &0.into()), "{said:?}");
    assert_eq!(attempt["undecided"], attempt["max_score"], "{attempt}");
    for check in checks(&attempt) {
        assert_eq!(check["verdict"], "error", "{check}");
    }
}

/// One file that acts on the whole crate costs its own question alone.
#[test]
fn what_one_file_brings_for_the_whole_crate_costs_its_own_question() {
    let folder = tempfile::tempdir().unwrap();
    copy_solution("exercise2", folder.path());
    let source = folder.path().join("exercise2/src");
    let add = |file: &str, text: &str| {
        let path = source.join(file);
        let old = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, old + text).unwrap();
    };
    add(
        "q2_1_filters.rs",
        "\n#[global_allocator]\nstatic HEAP: std::alloc::System = std::alloc::System;\n",
    );
    add("q2_3_texts.rs", "\nmod twin { impl crate::q2_4_finances::Told for u8 {} }\n");
    std::fs::write(source.join("main.rs"), "fn main() { this does not compile }").unwrap();
    std::fs::create_dir(source.join("bin")).unwrap();
    std::fs::write(source.join("bin/try.rs"), "nor does this").unwrap();
    let (attempt, said) = grade(folder.path(), &["2.1", "2.2", "2.3", "2.4"], &[]);
    assert_eq!(said.code, 0, "{said:?}");
    for check in checks(&attempt) {
        let id = check["id"].as_str().unwrap();
        let expected = match &id[..3] {
            "2.1" | "2.3" => "fail",
            _ => "pass",
        };
        assert_eq!(check["verdict"], expected, "{check}");
        if id.starts_with("2.1") {
            assert!(check["message"].as_str().unwrap().contains("allocator of its own"), "{check}");
        }
    }
    let left: Vec<String> = attempt["left_behind"]
        .as_array()
        .unwrap()
        .iter()
        .map(|path| path.as_str().unwrap().to_owned())
        .collect();
    for path in ["exercise2/src/main.rs", "exercise2/src/bin/try.rs"] {
        let named = left.iter().find(|left| left.starts_with(path)).expect(path);
        assert!(named.contains("a program of its own"), "{named}");
    }
}

/// `cargo test` evaluates `debug_assert!`, and so does a grade.
#[test]
fn what_stands_in_a_debug_assertion_is_done() {
    let folder = tempfile::tempdir().unwrap();
    copy_solution("exercise2", folder.path());
    let file = folder.path().join("exercise2/src/q2_2_pipeline.rs");
    let text = std::fs::read_to_string(&file).unwrap();
    let text = text.replacen("pub fn ", "fn evaluated() {\n    let mut evaluated = false;\n    debug_assert!({\n        evaluated = true;\n        evaluated\n    });\n    assert!(evaluated);\n}\n\npub fn ", 1);
    let open = text.find("pub fn ").and_then(|start| Some(start + text[start..].find(" {\n")? + 3));
    let (head, tail) = text.split_at(open.unwrap());
    std::fs::write(&file, format!("{head}    evaluated();\n{tail}")).unwrap();
    let (attempt, said) = grade(folder.path(), &["2.2"], &[]);
    assert_eq!((said.code, &attempt["score"]), (0, &attempt["max_score"]), "{said:?} {attempt}");
}

/// The files decide which exercise a folder is, not a number that is its name.
#[test]
fn a_folder_called_1_that_holds_exercise_2_is_exercise_2() {
    let folder = tempfile::tempdir().unwrap();
    copy_solution("exercise2", folder.path());
    let numbered = folder.path().join("1");
    std::fs::rename(folder.path().join("exercise2"), &numbered).unwrap();
    let (attempt, said) = grade(&numbered, &["2.2"], &[]);
    assert_eq!((said.code, &attempt["score"]), (0, &attempt["max_score"]), "{said:?}");
}

/// Where something is missed stands why it was not taken.
#[test]
fn a_file_that_is_not_taken_is_not_called_missing() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("exercise2/src");
    std::fs::create_dir_all(&source).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", source.join("q2_1_filters.rs")).unwrap();
    std::fs::write(source.join("q2_2_pipeline.rs"), vec![b'/'; (1 << 20) + 1]).unwrap();
    std::fs::create_dir_all(folder.path().join("exercise3/exercise3/src")).unwrap();
    std::os::unix::fs::symlink(&source, folder.path().join("exercise1")).unwrap();
    let (attempt, said) = grade(folder.path(), &["1.1", "2.1", "2.2", "3.1"], &[]);
    assert_eq!(said.code, 0, "{said:?}");
    for (id, words) in [
        ("1.1", "exercise1 is a link"),
        ("2.1", "it is a link"),
        ("2.2", "larger than 1 MiB"),
        ("3.1", "one folder too deep, in exercise3/exercise3"),
    ] {
        let of_question = |check: &&&Value| check["id"].as_str().unwrap().starts_with(id);
        let all = checks(&attempt);
        let check = all.iter().find(of_question).unwrap();
        assert!(check["message"].as_str().unwrap().contains(words), "{id}: {check}");
    }
}

#[test]
fn with_nothing_to_grade_the_folder_that_would_fit_is_named() {
    let folder = tempfile::tempdir().unwrap();
    copy_solution("exercise1", &folder.path().join("alice-hw"));
    let said = checker(&["grade", "--submission", folder.path().to_str().unwrap()]);
    assert_eq!(said.code, 4, "{said:?}");
    assert!(said.err.contains("alice-hw"), "{said:?}");
}

/// A swap file, a backup and a stray test are not the kit's: nothing is compiled
/// or graded again for them.
#[test]
fn what_lies_about_in_a_kit_does_not_change_it() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("kit");
    crate::program::copy_kit(&kit(), &copy);
    let before = kit::Kit::read(&copy).unwrap().hash;
    for stray in [
        "exercises/exercise1/.README.md.swp",
        "exercises/exercise1/README.md~",
        "exercises/exercise1/src/q1_1_primes.rs",
        "tests/graded/exercise1/.#q1_1.rs",
    ] {
        std::fs::write(copy.join(stray), "stray").unwrap();
    }
    assert_eq!(kit::Kit::read(&copy).unwrap().hash, before);
    std::fs::write(copy.join("tests/graded/exercise1/q1_1.rs"), "// changed").unwrap();
    assert_ne!(kit::Kit::read(&copy).unwrap().hash, before);
}
