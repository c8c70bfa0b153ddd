//! What another system needs to grade with this kit: the kit, its packages, a toolchain,
//! and the scripts that the system calls.

mod autolab;
mod gradescope;
mod image;
mod packages;
mod prairielearn;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use course::catalog::Exercise;
use kit::Kit;
use kit::error::UserError;
use kit::exit_code::Exit;
use kit::selection::Selection;

use crate::new_folder::{self, put};
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
    /// What is graded there.
    pub selection: &'a Selection,
}

/// What a system wants beside the folder that its image is made from.
struct Parts {
    /// Where that folder is to be.
    image: &'static str,
    /// Files with what is in them.
    files: Vec<(PathBuf, Vec<u8>)>,
    /// What is to be done with all of it.
    next: String,
}

impl Parts {
    fn new(image: &'static str, next: String) -> Self {
        Self { image, files: Vec::new(), next }
    }

    fn put(&mut self, path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) {
        self.files.push((path.into(), bytes.into()));
    }
}

impl Bundle<'_> {
    /// Writes what the system needs into a new folder, whole or not at all, and returns
    /// what to do with it. Takes about 800 MB of the disk, and for Gradescope 240 MB more
    /// until the archive is done. `cargo` brings the packages and knows the toolchain.
    ///
    /// # Errors
    /// When the folder has something in it, the kit is a release, the packages cannot be
    /// had, the toolchain cannot be copied, or the disk cannot be written.
    pub fn write(&self, system: System, cargo: &Cargo, folder: &Path) -> Result<String> {
        if self.kit.is_release {
            return Err(UserError::new(
                Exit::KitBroken,
                format!("{} is a release: it has no solutions", self.kit.root.display()),
                "run this in the whole kit",
            )
            .into());
        }
        new_folder::write(folder, |folder| {
            let parts = self.parts(system)?;
            for (path, bytes) in &parts.files {
                put(&folder.join(path), bytes)?;
            }
            image::write(self.kit, cargo, &folder.join(parts.image))?;
            if system == System::Gradescope {
                gradescope::pack(folder)?;
            }
            Ok(parts.next)
        })
    }

    fn parts(&self, system: System) -> Result<Parts> {
        match system {
            System::Gradescope => gradescope::parts(self),
            System::PrairieLearn => prairielearn::parts(self),
            System::Autolab => autolab::parts(self),
        }
    }

    /// A template with its places filled in.
    fn template(&self, name: &str, places: &[(&str, &str)]) -> Result<String> {
        let path = self.kit.root.join(TEMPLATES).join(name);
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let filled = places.iter().fold(text, |text, (place, value)| text.replace(place, value));
        match open_place(&filled) {
            None => Ok(filled),
            Some(place) => bail!("{}: nothing is known for {place}", path.display()),
        }
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

/// A place such as `@TITLE@` that nobody filled in.
fn open_place(text: &str) -> Option<&str> {
    let ends: Vec<usize> = text.match_indices('@').map(|(at, _)| at).collect();
    ends.windows(2).find_map(|ends| {
        let name = &text[ends[0] + 1..ends[1]];
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase());
        is_name.then(|| &text[ends[0]..=ends[1]])
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use kit::Kit;
    use kit::selection::Selection;
    use serde_json::Value;

    use super::{Bundle, System, open_place};

    fn kit() -> Kit {
        Kit::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))).unwrap()
    }

    /// The files of a system's bundle of exercise 1 and one question of 4, by path.
    fn files(system: System) -> BTreeMap<String, Vec<u8>> {
        let kit = kit();
        let selection = Selection::parse(&kit, &["1", "4.2"].map(str::to_owned)).unwrap();
        let parts = Bundle { kit: &kit, selection: &selection }.parts(system).unwrap();
        let path = |path: &Path| path.to_str().unwrap().to_owned();
        parts.files.into_iter().map(|(name, bytes)| (path(&name), bytes)).collect()
    }

    fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
        std::str::from_utf8(&files[path]).unwrap()
    }

    #[test]
    fn a_place_that_nobody_filled_in_is_found() {
        assert_eq!(open_place("name: @TITLE@\n"), Some("@TITLE@"));
        assert_eq!(open_place("a@b.org, c@d.org, @@, \"$@\""), None);
    }

    #[test]
    fn gradescope_finds_its_two_scripts_at_the_top_of_the_archive() {
        let files = files(System::Gradescope);
        let names: Vec<&String> = files.keys().collect();
        assert_eq!(names, ["course/nothing", "run_autograder", "setup.sh"]);
        for script in ["run_autograder", "setup.sh"] {
            assert!(text(&files, script).starts_with("#!/"), "{script}");
        }
        assert!(text(&files, "run_autograder").contains("exercise1 4.2"));
        let nothing: Value = serde_json::from_str(text(&files, "course/nothing")).unwrap();
        assert_eq!(nothing["score"], 0);
    }

    #[test]
    fn prairielearn_has_a_question_for_each_exercise() {
        let files = files(System::PrairieLearn);
        let names: Vec<&String> = files.keys().collect();
        let wanted = [
            "image/Dockerfile",
            "image/course/nothing",
            "image/course/run.sh",
            "questions/exercise1/info.json",
            "questions/exercise1/question.html",
            "questions/exercise4/info.json",
            "questions/exercise4/question.html",
        ];
        assert_eq!(names, wanted);
        let info = text(&files, "questions/exercise4/info.json");
        let info: Value = serde_json::from_str(info).unwrap();
        assert_eq!(info["externalGradingOptions"]["entrypoint"], "sh /course/run.sh 4.2");
        let page = text(&files, "questions/exercise4/question.html");
        assert!(page.contains("q4_2_") && !page.contains("q4_1_"), "{page}");
    }

    #[test]
    fn autolab_has_a_lab_for_each_exercise_with_the_points_of_what_was_chosen() {
        let files = files(System::Autolab);
        assert!(files.contains_key("image/Dockerfile"));
        let points = kit().question("4.2").unwrap().1.points().to_string();
        for (id, points) in [("exercise1", "10"), ("exercise4", &*points)] {
            let lab = text(&files, &format!("labs/{id}/{id}.yml"));
            assert!(lab.contains(&format!("- name: {id}\n")), "{lab}");
            assert!(lab.contains(&format!("max_score: {points}\n")), "{lab}");
            assert!(files.contains_key(&format!("labs/{id}/autograde-Makefile")));
            let mut archive = tar::Archive::new(&*files[&format!("labs/{id}/autograde.tar")]);
            let entries = archive.entries().unwrap();
            let paths = entries.map(|entry| entry.unwrap().path().unwrap().into_owned());
            assert_eq!(paths.collect::<Vec<_>>(), [Path::new("run.sh")]);
        }
    }
}
