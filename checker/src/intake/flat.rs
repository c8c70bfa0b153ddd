//! Files that were handed in one by one, as a tree with the folders that they come from.

use anyhow::Result;
use course::catalog::Exercise;
use kit::Kit;
use kit::layout::ANSWERS;

use super::tree::{Kind, Tree, join};

/// One exercise's view of a folder in which question files lie without their `src`.
pub(super) struct Flat<'a> {
    tree: &'a dyn Tree,
    base: &'a str,
    /// Names of files that are questions of another exercise.
    others: Vec<&'a str>,
}

/// The name of a question's file without its folders.
fn name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// The names of the files of an exercise's questions.
fn names(exercise: &Exercise) -> impl Iterator<Item = &str> {
    exercise.questions.iter().map(|question| name(&question.file))
}

impl<'a> Flat<'a> {
    /// The exercises that have a question's file right in a folder, each with its view.
    /// Where there is a `src`, nothing is flat.
    pub(super) fn find(
        kit: &'a Kit,
        tree: &'a dyn Tree,
        base: &'a str,
    ) -> Vec<(&'a Exercise, Flat<'a>)> {
        if tree.kind(&join(base, "src")).is_some() {
            return Vec::new();
        }
        let is_there =
            |exercise: &&Exercise| names(exercise).any(|name| tree.is_file(&join(base, name)));
        let view = |exercise: &'a Exercise| {
            let others = kit.exercises.iter().filter(|other| other.id != exercise.id);
            (exercise, Flat { tree, base, others: others.flat_map(names).collect() })
        };
        kit.exercises.iter().filter(is_there).map(view).collect()
    }

    /// Where a path of the exercise really lies, if it is in this view.
    fn place(&self, path: &str) -> Option<String> {
        match path.strip_prefix("src/") {
            Some(name) if self.is_source(name) => Some(join(self.base, name)),
            None if path.eq_ignore_ascii_case(ANSWERS) => Some(join(self.base, path)),
            _ => None,
        }
    }

    fn is_source(&self, name: &str) -> bool {
        !name.contains('/') && name.ends_with(".rs") && !self.others.contains(&name)
    }
}

impl Tree for Flat<'_> {
    fn list(&self, folder: &str) -> Result<Vec<(String, Kind)>> {
        let entries = self.tree.list(self.base)?.into_iter();
        if folder == "src" {
            return Ok(entries.filter(|(name, _)| self.is_source(name)).collect());
        }
        let mut top: Vec<_> =
            entries.filter(|(name, _)| name.eq_ignore_ascii_case(ANSWERS)).collect();
        top.push(("src".to_owned(), Kind::Folder));
        Ok(top)
    }

    fn kind(&self, path: &str) -> Option<Kind> {
        match path {
            "" | "src" => Some(Kind::Folder),
            path => self.tree.kind(&self.place(path)?),
        }
    }

    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        match self.place(path) {
            Some(place) => self.tree.read(&place),
            None => Err(std::io::ErrorKind::NotFound.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use kit::Kit;
    use kit::selection::Selection;

    use crate::intake::discover;

    fn kit() -> Kit {
        Kit::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap()
    }

    /// As most systems hand files on that a student has uploaded one by one.
    #[test]
    fn files_without_their_folders_go_where_they_come_from() {
        let (kit, folder) = (kit(), tempfile::tempdir().unwrap());
        let all = Selection::parse(&kit, &[]).unwrap();
        let put = |name: &str| std::fs::write(folder.path().join(name), name).unwrap();
        ["q4_1_pool.rs", "q1_1_primes.rs", "helper.rs", "Answers.md", "notes.txt"]
            .iter()
            .for_each(|name| put(name));
        let found = discover(&kit, &all, folder.path()).unwrap();
        let paths = |id: &str| found.exercises[id].files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(found.exercises.len(), 2);
        let question = &kit.exercise("exercise4").unwrap().questions[0].file;
        assert_eq!(paths("exercise1"), ["answers.md", "src/helper.rs", "src/q1_1_primes.rs"]);
        assert_eq!(paths("exercise4"), ["answers.md", "src/helper.rs", question]);
        // With a `src` the folder is an exercise, and what lies beside it is left behind.
        std::fs::create_dir(folder.path().join("src")).unwrap();
        std::fs::write(folder.path().join("src/q2_2_pipeline.rs"), "").unwrap();
        let found = discover(&kit, &all, folder.path()).unwrap();
        assert_eq!(found.exercises.keys().collect::<Vec<_>>(), ["exercise2"]);
    }
}
