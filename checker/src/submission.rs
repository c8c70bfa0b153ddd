//! Finds the exercises of one submission, and takes only what is the student's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use course::catalog::Exercise;

use crate::error::UserError;
use crate::exit_code::Exit;
use crate::kit::Kit;
use crate::selection::Selection;

/// Largest file that is taken.
const FILE_CAP: u64 = 1 << 20;

/// Most files that are taken for one exercise.
const FILES_CAP: usize = 200;

/// Deepest folder that is looked into.
const DEPTH_CAP: usize = 8;

/// Where a submission's exercises are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// How it is named in reports.
    pub label: String,
    /// The folder of each exercise that is there, by the exercise's name.
    pub folders: BTreeMap<String, PathBuf>,
}

/// What was taken of one exercise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// The student's files, by their path in the exercise.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Files that were not taken, and differ from the kit's: the path and why.
    pub left_behind: Vec<String>,
}

impl Submission {
    /// Finds the exercises at `path`: a kit, a folder of exercises, or one
    /// exercise.
    ///
    /// # Errors
    /// When there is nothing that could be graded.
    pub fn discover(kit: &Kit, selection: &Selection, path: &Path) -> Result<Self, UserError> {
        let nothing = |what: String, next: &str| UserError::new(Exit::NothingToGrade, what, next);
        let label = path.display().to_string();
        if !path.exists() {
            return Err(nothing(
                format!("{label}: no such file or folder"),
                "check the path given with --submission",
            ));
        }
        if !path.is_dir() {
            return Err(nothing(
                format!("{label}: not a folder"),
                "unpack the archive and name the folder",
            ));
        }
        let mut folders = BTreeMap::new();
        for exercise in &kit.exercises {
            let places = [path.join("exercises").join(&exercise.id), path.join(&exercise.id)];
            if let Some(folder) = places
                .into_iter()
                .find(|folder| folder.symlink_metadata().is_ok_and(|kind| kind.is_dir()))
            {
                folders.insert(exercise.id.clone(), folder);
            }
        }
        if folders.is_empty()
            && let Some(exercise) = single_exercise(kit, selection, path)
        {
            folders.insert(exercise.id.clone(), path.to_owned());
        }
        if folders.is_empty() {
            let is_empty =
                std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
            let what = if is_empty { "the folder is empty" } else { "no exercise in this folder" };
            return Err(nothing(
                format!("{label}: {what}"),
                "expected `exercises/exercise1/src/…`, `exercise1/src/…`, or one exercise with `src/q1_….rs`",
            ));
        }
        Ok(Self { label, folders })
    }
}

/// The exercise that `path` itself is: by its name, by the files of its
/// questions, or because it is the only one that was asked for.
fn single_exercise<'a>(kit: &'a Kit, selection: &Selection, path: &Path) -> Option<&'a Exercise> {
    if !path.join("src").is_dir() {
        return None;
    }
    let name = path.canonicalize().ok()?;
    let named = name.file_name().and_then(|name| kit.exercise(&name.to_string_lossy()));
    let by_files = || {
        kit.exercises.iter().find(|exercise| {
            exercise.questions.iter().any(|question| path.join(&question.file).is_file())
        })
    };
    let chosen = || {
        let mut chosen = kit.exercises.iter().filter(|exercise| !selection.of(exercise).is_empty());
        chosen.next().filter(|_| chosen.next().is_none())
    };
    named.or_else(by_files).or_else(chosen)
}

impl Taken {
    /// Takes the student's files of one exercise: `src/**/*.rs` but the crate
    /// root, and `answers.md`. Nothing is followed out of the folder.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn from_folder(kit: &Kit, exercise: &Exercise, folder: &Path) -> Result<Self> {
        let mut taken = Self::default();
        taken.walk(kit, exercise, folder, "", 0)?;
        Ok(taken)
    }

    fn walk(
        &mut self,
        kit: &Kit,
        exercise: &Exercise,
        folder: &Path,
        prefix: &str,
        depth: usize,
    ) -> Result<()> {
        for path in crate::kit::list(folder)? {
            let Some(name) = path.file_name() else { continue };
            let shown = format!("{prefix}{}", name.to_string_lossy());
            let Ok(kind) = path.symlink_metadata() else { continue };
            if kind.is_symlink() {
                self.leave(exercise, &shown, "a link");
            } else if kind.is_dir() {
                if prefix.is_empty() && (shown == "target" || shown == ".git") {
                    continue;
                }
                if depth >= DEPTH_CAP {
                    self.leave(exercise, &shown, "too deep");
                } else {
                    self.walk(kit, exercise, &path, &format!("{shown}/"), depth + 1)?;
                }
            } else if name.to_str().is_none() || !kind.is_file() {
                self.leave(exercise, &shown, "not an ordinary file");
            } else if !is_students(&shown) {
                let pristine = kit.file(&format!("exercises/{}/{shown}", exercise.id));
                let same = pristine.is_some_and(|bytes| {
                    kind.len() == bytes.len() as u64
                        && std::fs::read(&path).is_ok_and(|read| read == bytes)
                });
                if !same {
                    self.leave(exercise, &shown, "belongs to the kit");
                }
            } else if kind.len() > FILE_CAP {
                self.leave(exercise, &shown, "larger than 1 MiB");
            } else if self.files.len() >= FILES_CAP {
                self.leave(exercise, &shown, "too many files");
            } else if let Ok(bytes) = std::fs::read(&path) {
                self.files.insert(shown, bytes);
            } else {
                self.leave(exercise, &shown, "cannot be read");
            }
        }
        Ok(())
    }

    fn leave(&mut self, exercise: &Exercise, path: &str, why: &str) {
        self.left_behind.push(format!("{}/{path} ({why})", exercise.id));
    }

    /// What identifies these files, wherever they came from.
    #[must_use]
    pub fn hash(&self) -> String {
        crate::kit::hash(&self.files)
    }

    /// Why the file of a question cannot be used, if it cannot.
    #[must_use]
    pub fn fault(&self, file: &str) -> Option<String> {
        let Some(bytes) = self.files.get(file) else {
            return Some(format!(
                "{file} is missing from the submission. Hand in the file, even if it is not finished."
            ));
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

/// Whether a path in the exercise is the student's to write.
pub(crate) fn is_students(path: &str) -> bool {
    let source =
        path.strip_prefix("src/").is_some_and(|rest| rest.ends_with(".rs") && rest != "lib.rs");
    source || path == "answers.md"
}

#[cfg(test)]
mod tests {
    use super::is_students;

    #[test]
    fn only_sources_but_the_root_and_answers_are_the_students() {
        for path in ["src/q1_1_primes.rs", "src/q1_1_primes/helper.rs", "answers.md"] {
            assert!(is_students(path), "{path}");
        }
        for path in [
            "src/lib.rs",
            "Cargo.toml",
            "build.rs",
            ".cargo/config.toml",
            "tests/x.rs",
            "src/data.bin",
            "a.rs",
        ] {
            assert!(!is_students(path), "{path}");
        }
    }
}
