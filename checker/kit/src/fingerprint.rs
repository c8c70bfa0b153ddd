//! What the verdicts of an exercise rest on, and nothing else, as a hash.

use std::collections::BTreeMap;

use course::catalog::Exercise;

use super::files::{Files, hash};
use super::layout;

/// The fingerprints of all exercises: a lesson or a hint changes none, a check
/// changes its exercise's, the harness or the lock file changes all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprints {
    of_exercises: BTreeMap<String, String>,
}

impl Fingerprints {
    /// Of the kit's own files and its catalogue.
    #[must_use]
    pub fn new(exercises: &[Exercise], files: &Files) -> Self {
        let own: Vec<_> =
            exercises.iter().map(|exercise| (exercise, layout::own_folders(exercise))).collect();
        let is_own = |path: &str| {
            own.iter().flat_map(|(_, folders)| folders).any(|folder| path.starts_with(folder))
        };
        let shared: Vec<(&str, &[u8])> = built(files).filter(|(path, _)| !is_own(path)).collect();
        let of_exercises = own.iter().map(|(exercise, folders)| {
            let own = built(files)
                .filter(|(path, _)| folders.iter().any(|folder| path.starts_with(folder)));
            let files = hash(shared.iter().copied().chain(own));
            let rules = rules(exercise);
            let parts = [("files", files.as_bytes()), ("rules", rules.as_bytes())];
            (exercise.id.clone(), hash(parts))
        });
        Self { of_exercises: of_exercises.collect() }
    }

    /// Of one exercise; empty if there is none of this name.
    #[must_use]
    pub fn of(&self, exercise: &Exercise) -> &str {
        self.of_exercises.get(&exercise.id).map_or("", String::as_str)
    }

    /// Of the whole kit.
    #[must_use]
    pub fn kit(&self) -> String {
        hash(self.of_exercises.iter().map(|(id, print)| (id.as_str(), print.as_bytes())))
    }
}

/// The files that are compiled, or say how. Of the catalogue only [`rules`] count.
fn built(files: &Files) -> impl Iterator<Item = (&str, &[u8])> {
    let endings = [".md", ".svg", "/exercise.toml"];
    let is_read = move |path: &str| {
        !path.contains("/examples/") && endings.iter().all(|ending| !path.ends_with(ending))
    };
    files
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
        .filter(move |(path, _)| is_read(path))
}

/// What an exercise's catalogue says of how it is judged, without the words that
/// only people read.
fn rules(exercise: &Exercise) -> String {
    let mut text = String::new();
    for question in &exercise.questions {
        text += &format!("{} {}\n", question.id, question.file);
        for check in &question.checks {
            let (id, kind, points) = (&check.id, check.kind, check.points);
            let (deadline, hidden) = (check.deadline(), check.hidden);
            let (memory, speed, rubric) = (check.memory, check.speed, &check.rubric);
            text += &format!(
                "{id} {kind} {points} {deadline:?} {hidden} {memory:?} {speed:?} {rubric:?}\n"
            );
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use course::catalog::Exercise;

    use super::Fingerprints;
    use crate::files::Files;

    fn catalog(id: u8, hint: &str, points: &str) -> Exercise {
        Exercise::parse(&format!(
            r#"
            id = "exercise{id}"
            title = "t"
            stars = 1
            [[question]]
            id = "{id}.1"
            title = "t"
            file = "src/q{id}_1_x.rs"
            hints = ["{hint}", "b", "c"]
            [[question.check]]
            id = "{id}.1/x"
            kind = "behaviour"
            points = {points}
            proves = "p"
            "#
        ))
        .unwrap()
    }

    fn files(changed: &str) -> Files {
        [
            "Cargo.lock",
            "exercises/exercise1/README.md",
            "exercises/exercise1/exercise.toml",
            "exercises/exercise1/src/lib.rs",
            "exercises/exercise2/src/lib.rs",
            "tests/graded/exercise1/q1_1.rs",
            "tests/lib/harness/src/run.rs",
        ]
        .into_iter()
        .map(|path| (path.to_owned(), u8::from(path == changed).to_string().into_bytes()))
        .collect()
    }

    /// Which of the two exercises a change grades again.
    fn changes(changed: &str, hint: &str, points: &str) -> [bool; 2] {
        let print = |first: Exercise, files: &Files| {
            Fingerprints::new(&[first, catalog(2, "a", "1")], files)
        };
        let before = print(catalog(1, "a", "1"), &files(""));
        let after = print(catalog(1, hint, points), &files(changed));
        let moved =
            [1, 2].map(|id| before.of(&catalog(id, "a", "1")) != after.of(&catalog(id, "a", "1")));
        assert_eq!(before.kit() != after.kit(), moved.contains(&true));
        moved
    }

    #[test]
    fn a_change_grades_again_what_rests_on_it_and_nothing_else() {
        assert_eq!(changes("", "a", "1"), [false, false], "nothing");
        assert_eq!(changes("", "another hint", "1"), [false, false], "a hint");
        assert_eq!(changes("", "a", "2"), [true, false], "points");
        for (changed, expected) in [
            ("exercises/exercise1/README.md", [false, false]),
            ("exercises/exercise1/exercise.toml", [false, false]),
            ("exercises/exercise1/src/lib.rs", [true, false]),
            ("exercises/exercise2/src/lib.rs", [false, true]),
            ("tests/graded/exercise1/q1_1.rs", [true, false]),
            ("tests/lib/harness/src/run.rs", [true, true]),
            ("Cargo.lock", [true, true]),
        ] {
            assert_eq!(changes(changed, "a", "1"), expected, "{changed}");
        }
    }
}
