//! What a student has handed in, as far as it is used.

use std::collections::BTreeMap;

use course::catalog::Exercise;
use kit::files::{Files, hash_all};

/// One submission, read whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Submission {
    /// How it is named in reports.
    pub label: String,
    /// The student's files of each exercise that is there, by its name.
    pub exercises: BTreeMap<String, StudentFiles>,
    /// Exercises that are there and were not taken: their name and why.
    pub refused: BTreeMap<String, String>,
    /// What of an archive belongs to no exercise, and was not taken for a reason of
    /// the archive's.
    pub outside: Vec<LeftBehind>,
}

/// The student's files of one exercise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StudentFiles {
    /// By their path in the exercise.
    pub files: Files,
    /// What was not taken, and is not the same in the kit.
    pub left_behind: Vec<LeftBehind>,
}

/// A file that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftBehind {
    /// Its path in the exercise.
    pub path: String,
    /// Why.
    pub why: String,
    /// Whether it has the place of one of the kit's own files.
    pub is_kits: bool,
}

impl Submission {
    /// Whether there is nothing at all in it.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.exercises.is_empty() && self.refused.is_empty()
    }

    /// Every file that was not taken, with why.
    #[must_use]
    pub fn left_behind(&self) -> Vec<String> {
        let inside = self.exercises.iter().flat_map(|(exercise, files)| {
            files.left_behind.iter().map(move |left| (format!("{exercise}/{}", left.path), left))
        });
        let outside = self.outside.iter().map(|left| (left.path.clone(), left));
        inside.chain(outside).map(|(path, left)| format!("{path} ({})", left.why)).collect()
    }

    /// Why an exercise has no files here.
    #[must_use]
    pub fn missing(&self, exercise: &Exercise) -> String {
        self.refused.get(&exercise.id).map_or_else(
            || format!("{} is not in the submission.", exercise.id),
            |why| format!("{}: {why}", exercise.id),
        )
    }
}

impl StudentFiles {
    /// What identifies these files, wherever they came from.
    #[must_use]
    pub fn hash(&self) -> String {
        hash_all(&self.files)
    }

    /// A file as text, where it is there and is text.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(path)?).ok()
    }

    /// Why the file of a question cannot be used, if it cannot.
    #[must_use]
    pub fn fault(&self, file: &str) -> Option<String> {
        let Some(bytes) = self.files.get(file) else {
            let is_meant = |left: &&LeftBehind| {
                left.path == file || file.starts_with(&format!("{}/", left.path))
            };
            return Some(match self.left_behind.iter().find(is_meant) {
                Some(left) => format!("{} was not taken: {}.", left.path, left.why),
                None => format!(
                    "{file} is missing from the submission. Hand in the file, even if it is not finished."
                ),
            });
        };
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Some(format!(
                "{file} is empty. Start again from the stub: its functions must be there."
            ));
        }
        std::str::from_utf8(bytes).err().map(|error| {
            format!(
                "{file} is not UTF-8 text (byte {}). Save it as UTF-8 and hand it in again.",
                error.valid_up_to()
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{LeftBehind, StudentFiles};

    #[test]
    fn a_file_that_cannot_be_used_says_why() {
        let file = |bytes: &[u8]| StudentFiles {
            files: [("src/q1.rs".to_owned(), bytes.to_vec())].into(),
            ..StudentFiles::default()
        };
        assert_eq!(file(b"fn a() {}").fault("src/q1.rs"), None);
        assert!(file(b" \n").fault("src/q1.rs").unwrap().contains("is empty"));
        assert!(file(b"fn \xff").fault("src/q1.rs").unwrap().contains("not UTF-8 text (byte 3)"));
        assert!(file(b"").fault("src/q2.rs").unwrap().contains("is missing"));
    }

    /// The reason stands where the file is missed, not only in a list at the end.
    #[test]
    fn a_file_that_was_not_taken_is_not_called_missing() {
        let left = |path: &str, why: &str| StudentFiles {
            left_behind: vec![LeftBehind { path: path.into(), why: why.into(), is_kits: false }],
            ..StudentFiles::default()
        };
        let linked = left("src/q1.rs", "it is a link").fault("src/q1.rs").unwrap();
        assert_eq!(linked, "src/q1.rs was not taken: it is a link.");
        let folder = left("src", "it is a link").fault("src/q1.rs").unwrap();
        assert_eq!(folder, "src was not taken: it is a link.");
    }
}
