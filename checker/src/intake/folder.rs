//! Finds the exercises of a submission in a folder, and reads the student's files.

use std::path::{Path, PathBuf};

use anyhow::Result;
use course::catalog::Exercise;

use super::submission::{LeftBehind, StudentFiles, Submission};
use crate::error::UserError;
use crate::exit_code::Exit;
use crate::kit::Kit;
use crate::kit::files::list;
use crate::kit::layout::{ANSWERS, is_students};
use crate::kit::selection::Selection;

/// Largest file that is taken.
const FILE_CAP: u64 = 1 << 20;

/// Most files that are taken for one exercise.
const FILES_CAP: usize = 200;

/// Most entries that are looked at in one exercise.
const ENTRIES_CAP: usize = 10_000;

/// Deepest folder that is looked into.
const DEPTH_CAP: usize = 8;

/// What a submission looks like.
const EXPECTED: &str =
    "expected `exercises/exercise1/src/…`, `exercise1/src/…`, or one exercise with `src/q1_….rs`";

/// Finds and reads the exercises at `path`: a kit, a folder of exercises, or one
/// exercise. The files decide which exercise a single one is; its folder's name
/// counts only if they do not.
///
/// # Errors
/// When there is nothing that could be graded.
pub fn discover(kit: &Kit, selection: &Selection, path: &Path) -> Result<Submission, UserError> {
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
    let mut submission = find(kit, selection, path);
    if submission.exercises.is_empty() && submission.refused.is_empty() {
        let is_empty = std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
        let what = if is_empty { "the folder is empty" } else { "no exercise in this folder" };
        let next = match fitting_folder(kit, selection, path) {
            Some(fitting) => format!("did you mean {}?", fitting.display()),
            None => EXPECTED.to_owned(),
        };
        return Err(nothing(format!("{label}: {what}"), &next));
    }
    submission.label = label;
    Ok(submission)
}

/// What there is at a path, without complaining.
fn find(kit: &Kit, selection: &Selection, path: &Path) -> Submission {
    let mut submission = Submission::default();
    for exercise in &kit.exercises {
        let places = [path.join("exercises").join(&exercise.id), path.join(&exercise.id)];
        let Some(folder) = places.into_iter().find(|place| place.symlink_metadata().is_ok()) else {
            continue;
        };
        match read_exercise(kit, exercise, &folder) {
            Ok(files) => _ = submission.exercises.insert(exercise.id.clone(), files),
            Err(why) => _ = submission.refused.insert(exercise.id.clone(), why),
        }
    }
    if submission == Submission::default()
        && let Some(exercise) = single_exercise(kit, selection, path)
        && let Ok(files) = student_files(kit, exercise, path)
    {
        submission.exercises.insert(exercise.id.clone(), files);
    }
    submission
}

/// Reads one exercise, or says why its folder is none.
fn read_exercise(kit: &Kit, exercise: &Exercise, folder: &Path) -> Result<StudentFiles, String> {
    let name = folder.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let kind = folder.symlink_metadata().map_err(|error| error.to_string())?;
    if kind.is_symlink() {
        return Err(format!(
            "{name} is a link, and links are not followed. Hand in the folder itself."
        ));
    }
    if !kind.is_dir() {
        return Err(format!("{name} is not a folder. Hand in the folder with your sources."));
    }
    let files = student_files(kit, exercise, folder).map_err(|error| format!("{error:#}"))?;
    let inner = folder.join(&exercise.id);
    if files.files.is_empty() && inner.join("src").is_dir() {
        return Err(format!(
            "the exercise lies one folder too deep, in {name}/{id}. Hand in {id} with `src` right inside.",
            id = exercise.id
        ));
    }
    Ok(files)
}

/// The exercise that `path` itself is: by the files of its questions, by its
/// name, or because it is the only one that was asked for.
fn single_exercise<'a>(kit: &'a Kit, selection: &Selection, path: &Path) -> Option<&'a Exercise> {
    if !path.join("src").is_dir() {
        return None;
    }
    let by_files = kit.exercises.iter().max_by_key(|exercise| questions_at(exercise, path));
    let by_files = by_files.filter(|exercise| questions_at(exercise, path) > 0);
    let named = || {
        let name = path.canonicalize().ok()?;
        kit.exercise(&name.file_name()?.to_string_lossy())
    };
    let chosen = || {
        let mut chosen = kit.exercises.iter().filter(|exercise| !selection.of(exercise).is_empty());
        chosen.next().filter(|_| chosen.next().is_none())
    };
    by_files.or_else(named).or_else(chosen)
}

/// How many questions of an exercise have their file in a folder.
fn questions_at(exercise: &Exercise, folder: &Path) -> usize {
    exercise.questions.iter().filter(|question| folder.join(&question.file).is_file()).count()
}

/// A folder inside of `path` that could be graded, not deeper than two levels.
fn fitting_folder(kit: &Kit, selection: &Selection, path: &Path) -> Option<PathBuf> {
    let folders = |folder: &Path| {
        let entries = list(folder).unwrap_or_default();
        entries.into_iter().filter(|path| path.is_dir()).take(100).collect::<Vec<_>>()
    };
    let first = folders(path);
    let second = first.iter().flat_map(|folder| folders(folder)).collect::<Vec<_>>();
    let fits = |folder: &PathBuf| {
        let found = find(kit, selection, folder).exercises;
        found.values().any(|files| files.files.keys().any(|path| path.starts_with("src/")))
    };
    first.into_iter().chain(second).find(fits)
}

/// Reads the student's files of one exercise: `src/**/*.rs` but the crate root,
/// and `answers.md`. Nothing is followed out of the folder.
///
/// # Errors
/// When a folder cannot be read.
pub fn student_files(kit: &Kit, exercise: &Exercise, folder: &Path) -> Result<StudentFiles> {
    let mut reader = Reader { kit, exercise, found: StudentFiles::default(), entries: 0 };
    reader.walk(folder, "", 0)?;
    Ok(reader.found)
}

struct Reader<'a> {
    kit: &'a Kit,
    exercise: &'a Exercise,
    found: StudentFiles,
    entries: usize,
}

impl Reader<'_> {
    fn walk(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<()> {
        for path in list(folder)? {
            let Some(name) = path.file_name() else { continue };
            let mut shown = format!("{prefix}{}", name.to_string_lossy());
            // On some systems the two names are one.
            if shown.eq_ignore_ascii_case(ANSWERS) && !folder.join(ANSWERS).is_file() {
                ANSWERS.clone_into(&mut shown);
            }
            self.entries += 1;
            if self.entries > ENTRIES_CAP {
                self.leave(&shown, "there are too many files");
                return Ok(());
            }
            let Ok(kind) = path.symlink_metadata() else { continue };
            if kind.is_dir() {
                let is_built = prefix.is_empty() && ["target", ".git"].contains(&shown.as_str());
                if depth >= DEPTH_CAP {
                    self.leave(&shown, "it lies too deep");
                } else if !is_built {
                    self.walk(&path, &format!("{shown}/"), depth + 1)?;
                }
            } else if kind.is_symlink() {
                self.leave(
                    &shown,
                    "it is a link, and links are not followed; hand in the file itself",
                );
            } else if name.to_str().is_none() || !kind.is_file() {
                self.leave(&shown, "it is not an ordinary file with an ordinary name");
            } else if !is_students(&shown) {
                self.leave_kits(&shown, &path, kind.len());
            } else if kind.len() > FILE_CAP {
                self.leave(&shown, "it is larger than 1 MiB");
            } else if self.found.files.len() >= FILES_CAP {
                self.leave(&shown, "there are too many files");
            } else {
                match std::fs::read(&path) {
                    Ok(bytes) => _ = self.found.files.insert(shown, bytes),
                    Err(error) => self.leave(&shown, &format!("it cannot be read: {error}")),
                }
            }
        }
        Ok(())
    }

    /// Leaves a file behind that is not the student's, unless it is the kit's own
    /// as it should be.
    fn leave_kits(&mut self, shown: &str, path: &Path, length: u64) {
        let pristine = self.kit.file(&format!("exercises/{}/{shown}", self.exercise.id));
        let is_same = pristine.is_some_and(|bytes| {
            length == bytes.len() as u64 && std::fs::read(path).is_ok_and(|read| read == bytes)
        });
        if is_same {
            return;
        }
        let why = match pristine {
            Some(_) => "it belongs to the kit",
            None if shown.starts_with("src/") && shown.ends_with(".rs") => {
                "it is a program of its own; only what the library reaches is taken"
            }
            None => "only sources under src/ and answers.md are taken",
        };
        let is_kits = pristine.is_some() || ["Cargo.toml", "src/lib.rs"].contains(&shown);
        self.found.left_behind.push(LeftBehind {
            path: shown.to_owned(),
            why: why.to_owned(),
            is_kits,
        });
    }

    fn leave(&mut self, path: &str, why: &str) {
        self.found.left_behind.push(LeftBehind {
            path: path.to_owned(),
            why: why.to_owned(),
            is_kits: false,
        });
    }
}
