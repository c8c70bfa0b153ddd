//! Finds the exercises of a submission among its files, and reads the student's.

use std::path::Path;

use anyhow::Result;
use course::catalog::Exercise;
use kit::Kit;
use kit::error::UserError;
use kit::exit_code::Exit;
use kit::layout::{ANSWERS, is_students};
use kit::selection::Selection;

use super::archive;
use super::flat::Flat;
use super::submission::{LeftBehind, StudentFiles, Submission};
use super::tree::{Disk, Kind, Tree, join};
use super::unpacked::Unpacked;

/// Largest file that is taken.
pub(super) const FILE_CAP: u64 = 1 << 20;

/// Most files that are taken for one exercise.
const FILES_CAP: usize = 200;

/// Most entries that are looked at in one exercise.
const ENTRIES_CAP: usize = 10_000;

/// Deepest folder that is looked into.
const DEPTH_CAP: usize = 8;

/// What a submission looks like.
const EXPECTED: &str =
    "expected `exercises/exercise1/src/…`, `exercise1/src/…`, or the files of exercises, `q1_….rs`";

/// Finds and reads the exercises at `path`: a kit, a folder of exercises, one
/// exercise, its files without their folders, or an archive of any of these. The files
/// decide which exercise a single one is; its folder's name counts only if they do not.
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
        let unpacked = archive::read(path).map_err(|why| {
            nothing(format!("{label}: {why}"), "name a folder, or a zip or tar archive of one")
        })?;
        return from_archive(kit, selection, &unpacked, stem(path))
            .map(|found| Submission { label: label.clone(), ..found })
            .map_err(|why| nothing(format!("{label}: {why}"), EXPECTED));
    }
    let place = Place { kit, selection, tree: &Disk(path.to_owned()), name: name(path) };
    let mut submission = place.find("");
    if submission.is_nothing() {
        let is_empty = std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
        let what = if is_empty { "the folder is empty" } else { "no exercise in this folder" };
        let next = match place.fitting().first() {
            Some(fitting) => format!("did you mean {}?", path.join(fitting).display()),
            None => EXPECTED.to_owned(),
        };
        return Err(nothing(format!("{label}: {what}"), &next));
    }
    submission.label = label;
    Ok(submission)
}

/// The same for what a course's system exports for one student: the exercises may lie
/// below one folder, or in the one archive that the folder has.
///
/// # Errors
/// Why there is nothing that could be graded, in words.
pub fn discover_handed_in(
    kit: &Kit,
    selection: &Selection,
    path: &Path,
) -> Result<Submission, String> {
    if !path.is_dir() {
        return from_archive(kit, selection, &archive::read(path)?, stem(path));
    }
    let disk = Disk(path.to_owned());
    let place = Place { kit, selection, tree: &disk, name: name(path) };
    let nothing = match place.locate() {
        Ok(submission) => return Ok(submission),
        Err(why) => why,
    };
    let entries = disk.list("").map_err(|error| format!("it cannot be read: {error:#}"))?;
    let is_archive = |(name, kind): &(String, Kind)| {
        matches!(kind, Kind::File(_)) && archive::is_archive(Path::new(name))
    };
    let archives: Vec<_> = entries.into_iter().filter(is_archive).map(|(name, _)| name).collect();
    match archives.as_slice() {
        [] => Err(nothing),
        [one] => {
            let inside = path.join(one);
            from_archive(kit, selection, &archive::read(&inside)?, stem(&inside))
        }
        several => Err(format!("it has several archives and no exercise: {}", several.join(", "))),
    }
}

/// The exercises in an archive, at its top or below one folder.
fn from_archive(
    kit: &Kit,
    selection: &Selection,
    unpacked: &Unpacked,
    name: String,
) -> Result<Submission, String> {
    let mut submission = Place { kit, selection, tree: unpacked, name }.locate()?;
    submission.outside.extend(unpacked.left_behind().iter().cloned());
    Ok(submission)
}

/// The name of the folder that a path means.
fn name(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    whole.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The name of an archive up to its first ending.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().unwrap_or_default().to_owned()
}

/// Where exercises are looked for.
struct Place<'a> {
    kit: &'a Kit,
    selection: &'a Selection,
    tree: &'a dyn Tree,
    /// What its top is called.
    name: String,
}

impl Place<'_> {
    /// What there is below a folder, without complaining.
    fn find(&self, base: &str) -> Submission {
        let mut submission = Submission::default();
        for exercise in &self.kit.exercises {
            let inside = join(base, &join("exercises", &exercise.id));
            let places = [inside, join(base, &exercise.id)];
            let found = places.into_iter().find_map(|path| Some((self.tree.kind(&path)?, path)));
            let Some((kind, folder)) = found else { continue };
            match self.read_exercise(exercise, &folder, &kind) {
                Ok(files) => _ = submission.exercises.insert(exercise.id.clone(), files),
                Err(why) => _ = submission.refused.insert(exercise.id.clone(), why),
            }
        }
        if submission == Submission::default()
            && let Some(exercise) = self.single_exercise(base)
            && let Ok(files) = read_files(self.kit, exercise, self.tree, base)
        {
            submission.exercises.insert(exercise.id.clone(), files);
        }
        if submission == Submission::default() {
            for (exercise, flat) in Flat::find(self.kit, self.tree, base) {
                if let Ok(files) = read_files(self.kit, exercise, &flat, "") {
                    submission.exercises.insert(exercise.id.clone(), files);
                }
            }
        }
        submission
    }

    /// What there is at the top, or below the one folder that has exercises.
    fn locate(&self) -> Result<Submission, String> {
        let at_top = self.find("");
        if !at_top.is_nothing() {
            return Ok(at_top);
        }
        match self.fitting().as_slice() {
            [] => Err(format!("there is no exercise in it; {EXPECTED}")),
            [one] => Ok(self.find(one)),
            several => Err(format!(
                "several folders in it have exercises ({}); keep the one that counts",
                several.join(", ")
            )),
        }
    }

    /// Reads one exercise, or says why its folder is not one.
    fn read_exercise(
        &self,
        exercise: &Exercise,
        folder: &str,
        kind: &Kind,
    ) -> Result<StudentFiles, String> {
        let name = folder.rsplit('/').next().unwrap_or_default();
        match kind {
            Kind::Folder => {}
            Kind::Link => {
                return Err(format!(
                    "{name} is a link, and links are not followed. Hand in the folder itself."
                ));
            }
            _ => {
                return Err(format!(
                    "{name} is not a folder. Hand in the folder with your sources."
                ));
            }
        }
        let files = read_files(self.kit, exercise, self.tree, folder)
            .map_err(|error| format!("{error:#}"))?;
        if files.files.is_empty() && self.tree.is_folder(&format!("{folder}/{}/src", exercise.id)) {
            return Err(format!(
                "the exercise lies one folder too deep, in {name}/{id}. Hand in {id} with `src` right inside.",
                id = exercise.id
            ));
        }
        Ok(files)
    }

    /// The exercise that a folder itself is: by the files of its questions, by its
    /// name, or because it is the only one that was asked for.
    fn single_exercise(&self, base: &str) -> Option<&Exercise> {
        if !self.tree.is_folder(&join(base, "src")) {
            return None;
        }
        let questions = |exercise: &&Exercise| {
            let files = exercise.questions.iter().map(|question| join(base, &question.file));
            files.filter(|file| self.tree.is_file(file)).count()
        };
        let by_files = self.kit.exercises.iter().max_by_key(questions);
        let by_files = by_files.filter(|exercise| questions(exercise) > 0);
        let named = || match base {
            "" => self.kit.exercise(&self.name),
            base => self.kit.exercise(base.rsplit('/').next()?),
        };
        let chosen = || {
            let is_chosen = |exercise: &&Exercise| !self.selection.of(exercise).is_empty();
            let mut chosen = self.kit.exercises.iter().filter(is_chosen);
            chosen.next().filter(|_| chosen.next().is_none())
        };
        by_files.or_else(named).or_else(chosen)
    }

    /// The folders inside that could be graded, not deeper than two levels: of two
    /// of which one lies in the other, the outer one.
    fn fitting(&self) -> Vec<String> {
        let folders = |folder: &str| {
            let entries = self.tree.list(folder).unwrap_or_default().into_iter();
            let folders = entries.filter(|(_, kind)| *kind == Kind::Folder).take(100);
            folders.map(|(name, _)| join(folder, &name)).collect::<Vec<_>>()
        };
        let fits = |folder: &String| {
            let found = self.find(folder).exercises;
            found.values().any(|files| files.files.keys().any(|path| path.starts_with("src/")))
        };
        let (mut fitting, others): (Vec<_>, Vec<_>) = folders("").into_iter().partition(fits);
        fitting.extend(others.iter().flat_map(|folder| folders(folder)).filter(fits));
        fitting
    }
}

/// Reads the student's files of one exercise: `src/**/*.rs` but the crate root,
/// and `answers.md`. Nothing is followed out of the folder.
///
/// # Errors
/// When a folder cannot be read.
pub fn student_files(kit: &Kit, exercise: &Exercise, folder: &Path) -> Result<StudentFiles> {
    read_files(kit, exercise, &Disk(folder.to_owned()), "")
}

fn read_files(kit: &Kit, exercise: &Exercise, tree: &dyn Tree, base: &str) -> Result<StudentFiles> {
    let mut reader =
        Reader { kit, exercise, tree, base, found: StudentFiles::default(), entries: 0 };
    reader.walk("", 0)?;
    Ok(reader.found)
}

struct Reader<'a> {
    kit: &'a Kit,
    exercise: &'a Exercise,
    tree: &'a dyn Tree,
    /// Where the exercise lies.
    base: &'a str,
    found: StudentFiles,
    entries: usize,
}

impl Reader<'_> {
    fn walk(&mut self, prefix: &str, depth: usize) -> Result<()> {
        let folder = join(self.base, prefix.trim_end_matches('/'));
        let folder = folder.trim_end_matches('/');
        let entries = self.tree.list(folder)?;
        for (name, kind) in entries {
            let path = join(folder, &name);
            let mut shown = format!("{prefix}{name}");
            // On some systems the two names are one.
            if shown.eq_ignore_ascii_case(ANSWERS)
                && self.tree.kind(&join(folder, ANSWERS)).is_none()
            {
                ANSWERS.clone_into(&mut shown);
            }
            self.entries += 1;
            if self.entries > ENTRIES_CAP {
                self.leave(&shown, "there are too many files");
                return Ok(());
            }
            match kind {
                Kind::Folder => {
                    let is_built =
                        prefix.is_empty() && ["target", ".git"].contains(&shown.as_str());
                    if depth >= DEPTH_CAP {
                        self.leave(&shown, "it lies too deep");
                    } else if !is_built {
                        self.walk(&format!("{shown}/"), depth + 1)?;
                    }
                }
                Kind::Link => self.leave(
                    &shown,
                    "it is a link, and links are not followed; hand in the file itself",
                ),
                Kind::Odd(why) => self.leave(&shown, &why),
                Kind::File(length) if !is_students(&shown) => {
                    self.leave_kits(&shown, &path, length);
                }
                Kind::File(length) if length > FILE_CAP => {
                    self.leave(&shown, "it is larger than 1 MiB");
                }
                Kind::File(_) if self.found.files.len() >= FILES_CAP => {
                    self.leave(&shown, "there are too many files");
                }
                Kind::File(_) => match self.tree.read(&path) {
                    Ok(bytes) => _ = self.found.files.insert(shown, bytes),
                    Err(error) => self.leave(&shown, &format!("it cannot be read: {error}")),
                },
            }
        }
        Ok(())
    }

    /// Leaves a file behind that is not the student's, unless it is the kit's own
    /// as it should be.
    fn leave_kits(&mut self, shown: &str, path: &str, length: u64) {
        let pristine = self.kit.file(&format!("exercises/{}/{shown}", self.exercise.id));
        let is_same = pristine.is_some_and(|bytes| {
            length == bytes.len() as u64 && self.tree.read(path).is_ok_and(|read| read == bytes)
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
