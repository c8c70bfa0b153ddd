//! The kit: where it is, which exercises it has, and what identifies it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use course::catalog::{Exercise, Question};

use crate::error::UserError;
use crate::exit_code::Exit;

/// A kit on disk with its catalogue.
#[derive(Debug, Clone)]
pub struct Kit {
    /// The folder that holds `exercises/`, `tests/` and `checker/`.
    pub root: PathBuf,
    /// Exercises in the order of the course.
    pub exercises: Vec<Exercise>,
    /// The kit's own files that a stage needs, by their path in the kit. The
    /// files that a student writes are not among them.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Hash over the names and contents of those files.
    pub hash: String,
}

/// Packages of the kit that a stage needs beside the exercises; nothing of
/// `solutions/` and of `tests/submissions/` is among them.
pub const PACKAGES: [&str; 10] = [
    "benches",
    "checker/course",
    "tests/fixtures",
    "tests/harness",
    "tests/models/crossbeam",
    "tests/models/std",
    "tests/pictures",
    "tests/plotting",
    "tests/shared",
    "tests/site",
];

impl Kit {
    /// Finds the kit above the current folder, or else the one that this
    /// program was built from, and reads its catalogue.
    ///
    /// # Errors
    /// When there is none, or its catalogue has a mistake.
    pub fn open() -> Result<Self> {
        let here = std::env::current_dir().context("the current folder")?;
        let is_kit = |folder: &Path| {
            folder.join("exercises").is_dir() && folder.join("checker/course").is_dir()
        };
        let built_from = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
        let root =
            here.ancestors().chain(built_from).find(|folder| is_kit(folder)).ok_or_else(|| {
                UserError::new(
                    Exit::KitBroken,
                    "no kit found here",
                    "run the checker inside the course's folder",
                )
            })?;
        Self::read(root)
    }

    /// Reads the kit at `root`.
    ///
    /// # Errors
    /// When files cannot be read or the catalogue has a mistake.
    pub fn read(root: &Path) -> Result<Self> {
        let broken = |what: String| {
            UserError::new(Exit::KitBroken, what, "the kit is broken: restore its files")
        };
        let mut exercises = Vec::new();
        let folders = list(&root.join("exercises"))?;
        for folder in folders.iter().filter(|folder| folder.join("exercise.toml").is_file()) {
            let exercise = Exercise::read(&folder.join("exercise.toml")).map_err(broken)?;
            if folder.file_name().is_none_or(|name| name != exercise.id.as_str()) {
                return Err(broken(format!(
                    "{} holds the exercise `{}`",
                    folder.display(),
                    exercise.id
                ))
                .into());
            }
            exercises.push(exercise);
        }
        if exercises.is_empty() {
            return Err(broken(format!("{} has no exercises", root.display())).into());
        }
        exercises.sort_by_key(|exercise| exercise.number().parse::<u8>().unwrap_or(u8::MAX));

        let mut files = BTreeMap::new();
        let graded = exercises.iter().flat_map(|exercise| {
            let models = format!("tests/models/{}", exercise.id);
            let is_modelled = root.join(&models).is_dir();
            std::iter::once(format!("tests/{}", exercise.id)).chain(is_modelled.then_some(models))
        });
        let packages = PACKAGES.into_iter().chain(["exercises"]).map(str::to_owned);
        for folder in packages.chain(graded) {
            collect(root, Path::new(&folder), &mut files)?;
        }
        for file in ["Cargo.toml", "Cargo.lock"] {
            let bytes =
                std::fs::read(root.join(file)).with_context(|| format!("{file} of the kit"))?;
            files.insert(file.to_owned(), bytes);
        }
        files.retain(|path, _| !is_students(path));
        let hash = hash(&files);
        Ok(Self { root: root.to_owned(), exercises, files, hash })
    }

    /// The exercise named `exercise4` or `4`.
    #[must_use]
    pub fn exercise(&self, name: &str) -> Option<&Exercise> {
        self.exercises.iter().find(|exercise| exercise.id == name || exercise.number() == name)
    }

    /// The question numbered `4.2`, with its exercise.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<(&Exercise, &Question)> {
        self.exercises.iter().find_map(|exercise| {
            exercise
                .questions
                .iter()
                .find(|question| question.id == id)
                .map(|question| (exercise, question))
        })
    }

    /// Whether an exercise has a package for the model checker.
    #[must_use]
    pub fn is_modelled(&self, exercise: &Exercise) -> bool {
        self.files.contains_key(&format!("tests/models/{}/Cargo.toml", exercise.id))
    }

    /// The bytes of a kit file.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// Where the checker keeps stages, builds and evidence.
    #[must_use]
    pub fn work_folder(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.root.join("target"), PathBuf::from)
            .join("checker")
    }
}

/// The entries of a folder in the order of their names.
///
/// # Errors
/// When the folder cannot be read.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

pub(crate) fn collect(
    root: &Path,
    folder: &Path,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<()> {
    for path in list(&root.join(folder))? {
        let relative = path.strip_prefix(root).unwrap_or(&path).to_owned();
        if path.is_dir() && relative.file_name().is_none_or(|name| name != "target") {
            collect(root, &relative, files)?;
        } else if path.is_file() {
            let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
            files.insert(relative.to_string_lossy().into_owned(), bytes);
        }
    }
    Ok(())
}

/// Whether a path of the kit is a file that a student writes.
fn is_students(path: &str) -> bool {
    let inside = path.strip_prefix("exercises/").and_then(|rest| rest.split_once('/'));
    inside.is_some_and(|(_, path)| crate::submission::is_students(path))
}

/// Each name and content with its length before it, so that no two different
/// sets of files hash alike.
pub(crate) fn hash(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (path, bytes) in files {
        for part in [path.as_bytes(), bytes] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
