//! Where things are in a kit, and which files are the student's.

use course::catalog::{Exercise, Question};

/// The folders whose files a stage needs; nothing of `solutions/` and of
/// `tests/submissions/` is among them.
pub const STAGED: [&str; 6] =
    ["benches", "checker/course", "checker/supervise", "exercises", "tests/graded", "tests/lib"];

/// The folders of a stage that hold nothing but the kit's files and a submission's.
pub const STAGE_FOLDERS: [&str; 4] = ["benches", "checker", "exercises", "tests"];

/// Endings of the files that belong to a kit. An editor's backup or swap file has
/// another one.
const ENDINGS: [&str; 5] = ["md", "rs", "snap", "svg", "toml"];

/// The file with a student's answers, in the exercise's folder.
pub const ANSWERS: &str = "answers.md";

/// Whether a path of the kit can be one of its own files, by its name alone.
#[must_use]
pub fn is_kits(path: &str) -> bool {
    let is_hidden = path.split('/').any(|part| part.starts_with('.') || part == "target");
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    let inside = path.strip_prefix("exercises/").and_then(|rest| rest.split_once('/'));
    let is_handed_out = inside.is_none_or(|(exercise, path)| {
        exercise == "given" || (is_of_exercise(path) && !is_students(path))
    });
    !is_hidden && ending.is_some_and(|ending| ENDINGS.contains(&ending)) && is_handed_out
}

/// Whether a path inside an exercise is one that exercises have.
fn is_of_exercise(path: &str) -> bool {
    ["Cargo.toml", "README.md", "exercise.toml", "src/lib.rs"].contains(&path)
        || ["examples/", "figures/", "model/"].iter().any(|folder| path.starts_with(folder))
}

/// Whether a path inside an exercise is the student's to write: what the crate
/// root can reach, and the answers. Programs and binaries are not among them.
#[must_use]
pub fn is_students(path: &str) -> bool {
    let source = path.strip_prefix("src/").is_some_and(|rest| {
        rest.ends_with(".rs") && !["lib.rs", "main.rs"].contains(&rest) && !rest.starts_with("bin/")
    });
    source || path == ANSWERS
}

/// The folder of an exercise.
#[must_use]
pub fn exercise_folder(exercise: &Exercise) -> String {
    format!("exercises/{}", exercise.id)
}

/// The crate roots of an exercise from which questions can be taken out.
#[must_use]
pub fn roots(exercise: &Exercise) -> Roots {
    let id = &exercise.id;
    Roots {
        library: format!("exercises/{id}/src/lib.rs"),
        model: format!("exercises/{id}/model/lib.rs"),
        tests: format!("tests/graded/{id}/main.rs"),
        timed: format!("benches/{id}/main.rs"),
    }
}

/// The crate roots of an exercise, by their path in the kit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roots {
    /// Of the student's crate.
    pub library: String,
    /// Of its copy for the model checker, which not every exercise has.
    pub model: String,
    /// Of the graded tests.
    pub tests: String,
    /// Of the timed calls, which not every exercise has.
    pub timed: String,
}

/// The folders of the kit that belong to one exercise alone.
#[must_use]
pub fn own_folders(exercise: &Exercise) -> [String; 3] {
    let id = &exercise.id;
    [format!("exercises/{id}/"), format!("tests/graded/{id}/"), format!("benches/{id}/")]
}

/// `q4_1`, the module of a question in the tests and in the timed calls.
#[must_use]
pub fn module(question: &Question) -> String {
    format!("q{}", question.id.replace('.', "_"))
}

/// `q4_1_schedule`, the module of its schedule checks.
#[must_use]
pub fn schedule_module(question: &Question) -> String {
    module(question) + "_schedule"
}

/// `q4_1_pool` of `src/q4_1_pool.rs`: the module of the student's crate.
#[must_use]
pub fn stem(question: &Question) -> &str {
    question.file.trim_start_matches("src/").trim_end_matches(".rs")
}

/// The question whose module a student's file is part of: `src/q4_1_pool.rs`, or
/// a file in the folder `src/q4_1_pool/`.
#[must_use]
pub fn question_of<'a>(exercise: &'a Exercise, path: &str) -> Option<&'a Question> {
    let first = path.strip_prefix("src/")?.split(['/', '.']).next()?;
    exercise.questions.iter().find(|question| stem(question) == first)
}

#[cfg(test)]
mod tests {
    use super::{is_kits, is_students};

    #[test]
    fn only_sources_that_the_root_reaches_and_answers_are_the_students() {
        for path in ["src/q1_1_primes.rs", "src/q1_1_primes/helper.rs", "answers.md"] {
            assert!(is_students(path), "{path}");
        }
        for path in [
            "src/lib.rs",
            "src/main.rs",
            "src/bin/try.rs",
            "Cargo.toml",
            "build.rs",
            ".cargo/config.toml",
            "tests/x.rs",
            "examples/x.rs",
            "src/data.bin",
            "a.rs",
        ] {
            assert!(!is_students(path), "{path}");
        }
    }

    #[test]
    fn what_lies_about_in_a_kit_is_not_the_kits() {
        for path in [
            "exercises/exercise1/README.md",
            "exercises/exercise1/src/lib.rs",
            "exercises/exercise4/model/lib.rs",
            "exercises/given/records/src/lib.rs",
            "tests/lib/harness/src/run.rs",
            "tests/graded/exercise3/snapshots/a.snap",
        ] {
            assert!(is_kits(path), "{path}");
        }
        for path in [
            "exercises/exercise1/src/q1_1_primes.rs",
            "exercises/exercise1/src/.q1_1_primes.rs.swp",
            "exercises/exercise1/README.md~",
            "exercises/exercise1/.DS_Store",
            "exercises/exercise1/tests/mine.rs",
            "exercises/exercise1/notes.md",
            "exercises/exercise1/build.rs",
            "exercises/exercise1/answers.md",
            "tests/lib/harness/src/4913",
            "tests/graded/exercise1/#q1_1.rs#",
            "tests/lib/harness/target/debug/build.rs",
        ] {
            assert!(!is_kits(path), "{path}");
        }
    }
}
