//! What another system needs to grade with this kit: the kit, its packages, a toolchain,
//! and the scripts that the system calls.

mod autolab;
mod gradescope;
mod image;
mod packages;
mod prairielearn;

use std::path::Path;

use anyhow::{Context, Result};
use course::catalog::Exercise;

use crate::error::UserError;
use crate::exit_code::Exit;
use crate::kit::Kit;
use crate::kit::selection::Selection;
use crate::new_folder;
use crate::workspace::Cargo;

/// The folder with what a bundle is made from, within a kit.
const TEMPLATES: &str = "checker/templates/bundle";

/// A system that grades in a container of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// One archive to upload: a set-up script and `run_autograder`
    Gradescope,
    /// A Docker image, and a question for each exercise
    PrairieLearn,
    /// A Docker image, and the files of a lab for each exercise
    Autolab,
}

/// What a bundle is made from.
#[derive(Debug, Clone, Copy)]
pub struct Bundle<'a> {
    /// The whole kit, with its solutions.
    pub kit: &'a Kit,
    /// Brings the packages and knows where the toolchain is.
    pub cargo: &'a Cargo,
    /// What is graded there.
    pub selection: &'a Selection,
}

impl Bundle<'_> {
    /// Writes what the system needs into a new folder, whole or not at all, and returns
    /// what to do with it. Takes about 800 MB of the disk, and for Gradescope 240 MB more
    /// until the archive is done.
    ///
    /// # Errors
    /// When the folder has something in it, the kit is a release, the packages cannot be
    /// had, the toolchain cannot be copied, or the disk cannot be written.
    pub fn write(&self, system: System, folder: &Path) -> Result<String> {
        if self.kit.is_release {
            return Err(UserError::new(
                Exit::KitBroken,
                format!("{} is a release: it has no solutions", self.kit.root.display()),
                "run this in the whole kit",
            )
            .into());
        }
        new_folder::write(folder, |folder| match system {
            System::Gradescope => gradescope::write(self, folder),
            System::PrairieLearn => prairielearn::write(self, folder),
            System::Autolab => autolab::write(self, folder),
        })
    }

    /// Writes the part that is alike for all systems.
    fn image(&self, folder: &Path) -> Result<()> {
        image::write(self.kit, self.cargo, folder)
    }

    /// A template with its places filled in.
    fn template(&self, name: &str, places: &[(&str, &str)]) -> Result<String> {
        let path = self.kit.root.join(TEMPLATES).join(name);
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Ok(places.iter().fold(text, |text, (place, value)| text.replace(place, value)))
    }

    /// The exercises with a chosen question, each with the names of what is graded.
    fn exercises(&self) -> Vec<(&Exercise, String)> {
        let named = |exercise| {
            let chosen = self.selection.of(exercise);
            let names = match chosen.len() == exercise.questions.len() {
                true => exercise.id.clone(),
                false => chosen.iter().map(|question| &*question.id).collect::<Vec<_>>().join(" "),
            };
            (!chosen.is_empty()).then_some((exercise, names))
        };
        self.kit.exercises.iter().filter_map(named).collect()
    }
}
