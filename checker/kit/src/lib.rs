//! The kit: where it is, which exercises it has, and what identifies it.
//!
//! What its two programs have alike is here too: how they answer, which [errors](error)
//! and [exit codes](exit_code) there are, and how [text] of others is shown.

pub mod answer;
pub mod error;
pub mod exit_code;
pub mod files;
pub mod fingerprint;
pub mod layout;
pub mod selection;
pub mod text;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use course::catalog::{Exercise, Question};

use error::UserError;
use exit_code::Exit;
use files::{Files, collect, list};
use fingerprint::Fingerprints;
use layout::{STAGED, exercise_folder, is_kits, roots};

/// A kit on disk with its catalogue.
#[derive(Debug, Clone)]
pub struct Kit {
    /// The folder that holds `exercises/`, `tests/` and `checker/`.
    pub root: PathBuf,
    /// Exercises in the order of the course.
    pub exercises: Vec<Exercise>,
    /// The kit's own files that a stage needs, by their path in the kit. The
    /// files that a student writes are not among them.
    pub files: Files,
    /// What the verdicts of each exercise rest on.
    pub fingerprints: Fingerprints,
    /// What the verdicts of the whole kit rest on, as one hash.
    pub hash: String,
    /// Whether this is the part of a kit that students get.
    pub is_release: bool,
}

impl Kit {
    /// Finds the kit above `folder`, or else the one that this program was built
    /// from, and reads its catalogue.
    ///
    /// # Errors
    /// When there is none, or its catalogue has a mistake.
    pub fn find(folder: &Path) -> Result<Self> {
        let is_kit = |folder: &Path| {
            folder.join("exercises").is_dir() && folder.join("checker/course").is_dir()
        };
        let built_from = Path::new(env!("CARGO_MANIFEST_DIR")).parent().and_then(Path::parent);
        let root = folder.ancestors().chain(built_from).find(|folder| is_kit(folder)).ok_or_else(
            || {
                UserError::new(
                    Exit::KitBroken,
                    "no kit found here",
                    "run the checker inside the course's folder",
                )
            },
        )?;
        Self::read(root)
    }

    /// Reads the kit at `root`.
    ///
    /// # Errors
    /// When files cannot be read or the catalogue has a mistake.
    pub fn read(root: &Path) -> Result<Self> {
        let exercises = read_catalog(root)?;
        let mut files = Files::new();
        for folder in STAGED {
            collect(root, folder, &is_kits, &mut files)?;
        }
        for file in ["Cargo.toml", "Cargo.lock"] {
            let bytes =
                std::fs::read(root.join(file)).with_context(|| format!("{file} of the kit"))?;
            files.insert(file.to_owned(), bytes);
        }
        let fingerprints = Fingerprints::new(&exercises, &files);
        let hash = fingerprints.kit();
        let is_release = is_release(&files);
        Ok(Self { root: root.to_owned(), exercises, files, fingerprints, hash, is_release })
    }

    /// Refuses to go on with the part of a kit that students get.
    ///
    /// # Errors
    /// When this is one.
    pub fn require_whole(&self) -> Result<(), UserError> {
        if !self.is_release {
            return Ok(());
        }
        Err(UserError::new(
            Exit::KitBroken,
            format!("{} is a release for students, not the whole kit", self.root.display()),
            "run this in the kit that the release was made from",
        ))
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
        self.files.contains_key(&roots(exercise).model)
    }

    /// The bytes of a kit file.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// The folder of an exercise's reference solution, where the kit has one.
    #[must_use]
    pub fn solution(&self, exercise: &Exercise) -> Option<PathBuf> {
        let folder = self.root.join("solutions").join(&exercise.id);
        folder.is_dir().then_some(folder)
    }
}

/// Whether a kit's manifest says that it is a release.
fn is_release(files: &Files) -> bool {
    let manifest = files.get("Cargo.toml").map(Vec::as_slice).unwrap_or_default();
    let manifest = std::str::from_utf8(manifest).unwrap_or_default().parse::<toml::Table>();
    let course = manifest.ok().and_then(|manifest| {
        Some(manifest.get("workspace")?.get("metadata")?.get("course")?.get("release")?.clone())
    });
    course.and_then(|release| release.as_bool()) == Some(true)
}

fn read_catalog(root: &Path) -> Result<Vec<Exercise>> {
    let broken = |what: String| {
        UserError::new(Exit::KitBroken, what, "the kit is broken: restore its files")
    };
    let mut exercises = Vec::new();
    for folder in list(&root.join("exercises"))? {
        let catalog = folder.join("exercise.toml");
        if !catalog.is_file() {
            continue;
        }
        let exercise = Exercise::read(&catalog).map_err(broken)?;
        if root.join(exercise_folder(&exercise)) != folder {
            let what = format!("{} holds the exercise `{}`", folder.display(), exercise.id);
            return Err(broken(what).into());
        }
        exercises.push(exercise);
    }
    if exercises.is_empty() {
        return Err(broken(format!("{} has no exercises", root.display())).into());
    }
    exercises.sort_by_key(|exercise| exercise.number().parse::<u8>().unwrap_or(u8::MAX));
    Ok(exercises)
}
