//! Which questions a request touches.

use std::collections::{BTreeMap, BTreeSet};

use course::catalog::{Exercise, Kind};
use kit::Kit;
use kit::layout::{ANSWERS, question_of};

use crate::intake::{StudentFiles, Submission};

/// The questions of which a student's file differs: a file that belongs to no question
/// may change all of its exercise, and answers change what a person reads.
#[must_use]
pub fn changed(kit: &Kit, before: &Submission, after: &Submission) -> BTreeSet<String> {
    let of = |exercise| of_exercise(exercise, files(before, exercise), files(after, exercise));
    kit.exercises.iter().flat_map(of).collect()
}

fn files<'a>(submission: &'a Submission, exercise: &Exercise) -> Option<&'a StudentFiles> {
    submission.exercises.get(&exercise.id)
}

fn of_exercise(
    exercise: &Exercise,
    before: Option<&StudentFiles>,
    after: Option<&StudentFiles>,
) -> BTreeSet<String> {
    let none = BTreeMap::new();
    let [before, after] = [before, after].map(|files| files.map_or(&none, |files| &files.files));
    let paths = before.keys().chain(after.keys());
    let differing = paths.filter(|path| before.get(*path) != after.get(*path));
    let mut questions = BTreeSet::new();
    for path in differing {
        let touched = |id: &str| match question_of(exercise, path) {
            Some(question) => question.id == id,
            None if path == ANSWERS => {
                let question = exercise.questions.iter().find(|question| question.id == id);
                question
                    .is_some_and(|one| one.checks.iter().any(|check| check.kind == Kind::Manual))
            }
            None => true,
        };
        let ids = exercise.questions.iter().map(|question| question.id.clone());
        questions.extend(ids.filter(|id| touched(id)));
    }
    questions
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use kit::Kit;

    use super::changed;
    use crate::intake::{StudentFiles, Submission};

    fn submission(files: &[(&str, &str)]) -> Submission {
        let files = files.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec()));
        let files = StudentFiles { files: files.collect(), ..StudentFiles::default() };
        Submission { exercises: [("exercise4".to_owned(), files)].into(), ..Submission::default() }
    }

    #[test]
    fn a_file_touches_its_question_and_a_shared_one_all_of_them() {
        let kit = Kit::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap();
        let (_, question) = kit.question("4.2").unwrap();
        let base =
            submission(&[(&question.file, "a"), ("src/shared.rs", "a"), ("answers.md", "a")]);
        let with = |files: &[(&str, &str)]| {
            let ids = changed(&kit, &base, &submission(files));
            ids.into_iter().collect::<Vec<_>>().join(" ")
        };
        let file = &*question.file;
        assert_eq!(with(&[(file, "a"), ("src/shared.rs", "a"), ("answers.md", "a")]), "");
        assert_eq!(with(&[(file, "b"), ("src/shared.rs", "a"), ("answers.md", "a")]), "4.2");
        let all = "4.1 4.2 4.3 4.4";
        assert_eq!(with(&[(file, "a"), ("src/shared.rs", "b"), ("answers.md", "a")]), all);
        assert_eq!(with(&[(file, "a"), ("answers.md", "a")]), all, "a file is gone");
        let answers = with(&[(file, "a"), ("src/shared.rs", "a"), ("answers.md", "b")]);
        assert!(!answers.is_empty() && answers != all, "{answers}");
        assert!(!changed(&kit, &base, &Submission::default()).is_empty());
    }
}
