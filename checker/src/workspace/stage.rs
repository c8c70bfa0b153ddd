//! Stages: pristine copies of the kit that one submission at a time is laid
//! over. Solutions and other submissions do not exist in them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use course::catalog::Exercise;
use kit::Kit;
use kit::files::{Files, hash};
use kit::layout::{self, STAGE_FOLDERS};
use rand::RngExt;

use super::crate_root::without_modules;
use crate::intake::StudentFiles;

/// A stage that this process holds alone; freed when dropped.
///
/// Stages stay on disk and are used again, so that only what differs is
/// written and only that is compiled again.
#[derive(Debug)]
pub struct Stage {
    /// The workspace folder.
    pub root: PathBuf,
    /// The build folder, of this stage alone: cargo would take another stage's
    /// program for this one's, as it names both alike.
    pub target: PathBuf,
    lock: File,
}

/// What of an exercise is built.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Questions that are taken out.
    pub out: BTreeSet<String>,
    /// Questions that can be built, but not for the model checker.
    pub without_model: BTreeSet<String>,
    /// Questions whose checks are to run.
    pub wanted: BTreeSet<String>,
}

/// What was laid for one exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// What identifies it: the kit's part, the student's and what is built of both.
    /// It is compiled into every program, which has to give it back.
    pub identity: String,
    files: BTreeMap<PathBuf, blake3::Hash>,
}

impl Laid {
    /// The same under an identity that nothing was ever built for, so that the
    /// compiler, the linker and the disk are all needed again.
    #[must_use]
    pub fn anew(self) -> Self {
        Self { identity: format!("{}-{:x}", self.identity, rand::rng().random::<u64>()), ..self }
    }

    /// Whether every file is still as it was laid.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        self.files.iter().all(|(path, hash)| {
            std::fs::read(path).is_ok_and(|bytes| blake3::hash(&bytes) == *hash)
        })
    }
}

/// Most stages on one machine.
pub(super) const STAGES: usize = 64;

impl Stage {
    /// Takes a free stage in the work folder and makes it a copy of the kit.
    ///
    /// # Errors
    /// When the disk cannot be written, or all stages are taken.
    pub fn take(work: &Path, kit: &Kit) -> Result<Self> {
        std::fs::create_dir_all(work).with_context(|| work.display().to_string())?;
        for number in 0..STAGES {
            let path = work.join(format!("stage-{number}.lock"));
            let lock = File::create(&path).with_context(|| path.display().to_string())?;
            if lock.try_lock().is_ok() {
                let mut stage = Self {
                    root: work.join(format!("stage-{number}")),
                    target: work.join(format!("build-{number}")),
                    lock,
                };
                stage.lay_kit(kit)?;
                return Ok(stage);
            }
        }
        anyhow::bail!("all {STAGES} stages are taken by other gradings; wait for one of them")
    }

    /// Puts the kit's own files in place and removes what is not the kit's. What lies
    /// in the folder of an exercise is [`Place::lay`]'s: laid twice, it would be
    /// compiled twice.
    fn lay_kit(&mut self, kit: &Kit) -> Result<()> {
        let mut files: Files = kit.files.clone();
        files.insert("Cargo.toml".to_owned(), manifest(kit)?);
        // The kit's lock file names packages that a stage does not have; cargo
        // prunes it once, and from then on it is locked.
        let pristine = files.remove("Cargo.lock").unwrap_or_default();
        let laid = self.root.join("Cargo.lock.kit");
        if std::fs::read(&laid).ok().as_ref() != Some(&pristine) {
            write(&self.root.join("Cargo.lock"), &pristine)?;
        }
        files.insert("Cargo.lock.kit".to_owned(), pristine);
        let folder = |exercise| self.root.join(layout::exercise_folder(exercise));
        let others: Vec<PathBuf> = kit.exercises.iter().map(folder).collect();
        let roots: BTreeSet<PathBuf> = kit
            .exercises
            .iter()
            .map(layout::roots)
            .flat_map(|roots| [roots.tests, roots.timed])
            .map(|path| self.root.join(path))
            .collect();
        let known: BTreeSet<PathBuf> = files.keys().map(|path| self.root.join(path)).collect();
        for folder in STAGE_FOLDERS {
            remove_unknown(&self.root.join(folder), &known, &others)?;
        }
        files.iter().try_for_each(|(path, bytes)| {
            let path = self.root.join(path);
            let is_laid =
                roots.contains(&path) || others.iter().any(|other| path.starts_with(other));
            if is_laid && path.is_file() { Ok(()) } else { write_if_different(&path, bytes) }
        })
    }

    /// The place of one exercise in this stage. Those of different exercises share
    /// no file, so they can be used beside each other.
    #[must_use]
    pub fn places<'a>(&'a mut self, kit: &'a Kit) -> Vec<Place<'a>> {
        let stage = &*self;
        kit.exercises.iter().map(|exercise| Place { kit, stage, exercise }).collect()
    }
}

/// One exercise's own folders in a stage.
#[derive(Debug)]
pub struct Place<'a> {
    /// The kit.
    pub kit: &'a Kit,
    /// The stage, of which nothing but these folders is changed.
    pub stage: &'a Stage,
    /// The exercise.
    pub exercise: &'a Exercise,
}

impl Place<'_> {
    /// Lays the student's files over the kit's.
    ///
    /// The questions that `plan` takes out leave the crate root too, so that the
    /// others can still be built; and only the wanted ones stay in the graded tests
    /// and the timed calls, which is less to compile.
    ///
    /// # Errors
    /// When the disk cannot be written, or the kit's own files have a form that is
    /// not understood.
    pub fn lay(&mut self, student: &StudentFiles, plan: &Plan) -> Result<Laid> {
        let (kit, exercise) = (self.kit, self.exercise);
        let folder = layout::exercise_folder(exercise) + "/";
        let mut files: BTreeMap<String, Cow<'_, [u8]>> = BTreeMap::new();
        for (path, bytes) in kit.files.iter().filter(|(path, _)| path.starts_with(&folder)) {
            files.insert(path.clone(), Cow::from(bytes));
        }
        for (path, bytes) in &student.files {
            let question = layout::question_of(exercise, path);
            if question.is_none_or(|question| !plan.out.contains(&question.id)) {
                files.insert(format!("{folder}{path}"), Cow::from(bytes));
            }
        }
        let gone = Gone::new(exercise, plan);
        let roots = layout::roots(exercise);
        for (path, modules) in [
            (roots.library, &gone.from_library),
            (roots.model, &gone.from_model),
            (roots.tests, &gone.from_tests),
            (roots.timed, &gone.from_tests),
        ] {
            let Some(bytes) = kit.file(&path) else { continue };
            let text = without_modules(std::str::from_utf8(bytes)?, modules)
                .with_context(|| path.clone())?;
            files.insert(path, Cow::from(text.into_bytes()));
        }
        let root = &self.stage.root;
        let known = files.keys().map(|path| root.join(path)).collect();
        remove_unknown(&root.join(&folder), &known, &[])?;
        files.iter().try_for_each(|(path, bytes)| write_if_different(&root.join(path), bytes))?;

        let laid = files.iter().map(|(path, bytes)| (path.as_str(), &**bytes));
        let print = kit.fingerprints.of(exercise);
        let identity = hash(laid.chain([("kit", print.as_bytes())]));
        let hashes =
            files.iter().map(|(path, bytes)| (root.join(path), blake3::hash(bytes))).collect();
        Ok(Laid { identity, files: hashes })
    }
}

/// The modules that leave each crate root.
struct Gone {
    from_library: BTreeSet<String>,
    from_model: BTreeSet<String>,
    from_tests: BTreeSet<String>,
}

impl Gone {
    fn new(exercise: &Exercise, plan: &Plan) -> Self {
        let mut gone = Self {
            from_library: BTreeSet::new(),
            from_model: BTreeSet::new(),
            from_tests: BTreeSet::new(),
        };
        for question in &exercise.questions {
            let is_out = plan.out.contains(&question.id);
            let is_unwanted = is_out || !plan.wanted.contains(&question.id);
            let is_unmodelled = is_out || plan.without_model.contains(&question.id);
            if is_out {
                gone.from_library.insert(layout::stem(question).to_owned());
            }
            if is_unmodelled {
                gone.from_model.insert(layout::stem(question).to_owned());
            }
            if is_unmodelled || is_unwanted {
                gone.from_tests.insert(layout::schedule_module(question));
            }
            if is_unwanted {
                gone.from_tests.insert(layout::module(question));
            }
        }
        gone
    }
}

/// The kit's workspace manifest with the members that a stage has, and without
/// the settings of builds that are not made in it.
fn manifest(kit: &Kit) -> Result<Vec<u8>> {
    let text = std::str::from_utf8(kit.file("Cargo.toml").unwrap_or_default())
        .context("the kit's Cargo.toml")?;
    let mut manifest: toml::Table = text.parse().context("the kit's Cargo.toml")?;
    let workspace = manifest
        .get_mut("workspace")
        .and_then(toml::Value::as_table_mut)
        .context("the kit's Cargo.toml has no workspace")?;
    if let Some(members) = workspace.get_mut("members").and_then(toml::Value::as_array_mut) {
        members.retain(|member| member.as_str().is_some_and(|member| has_member(kit, member)));
    }
    workspace.remove("default-members");
    if let Some(profiles) = manifest.get_mut("profile").and_then(toml::Value::as_table_mut) {
        profiles.remove("dev");
    }
    Ok(toml::to_string(&manifest)?.into_bytes())
}

/// Whether a member of the kit's workspace, or one that a pattern such as
/// `exercises/exercise*` stands for, is staged.
fn has_member(kit: &Kit, member: &str) -> bool {
    let Some((prefix, suffix)) = member.split_once('*') else {
        return kit.files.contains_key(&format!("{member}/Cargo.toml"));
    };
    kit.files.keys().filter_map(|path| path.strip_suffix("/Cargo.toml")).any(|folder| {
        let rest = folder.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(suffix));
        rest.is_some_and(|rest| !rest.contains('/'))
    })
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Closing the file frees the lock as well; this only does it sooner.
        let _ = self.lock.unlock();
    }
}

/// Writes a file whose content is new. A file that stays as it is keeps its
/// time stamp, so that cargo does not compile it again.
fn write_if_different(path: &Path, bytes: &[u8]) -> Result<()> {
    let is_file = path.symlink_metadata().is_ok_and(|kind| kind.is_file());
    match std::fs::read(path) {
        Ok(old) if is_file && old == bytes => Ok(()),
        _ => write(path, bytes),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    std::fs::write(path, bytes).with_context(|| path.display().to_string())
}

/// Removes what is not known from a folder, but nothing from the `others` in it.
fn remove_unknown(folder: &Path, known: &BTreeSet<PathBuf>, others: &[PathBuf]) -> Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.with_context(|| folder.display().to_string())?,
    };
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        if others.contains(&path) && entry.file_type()?.is_dir() {
            continue;
        }
        // The kind of the entry itself: a link is removed, never followed.
        if entry.file_type()?.is_dir() {
            remove_unknown(&path, known, others)?;
            if !known.iter().any(|file| file.starts_with(&path)) {
                std::fs::remove_dir_all(&path).with_context(|| path.display().to_string())?;
            }
        } else if !known.contains(&path) {
            std::fs::remove_file(&path).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use kit::Kit;

    use super::{Plan, Stage, has_member};
    use crate::intake::StudentFiles;

    fn kit() -> Kit {
        Kit::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap()
    }

    /// Cargo names the graded tests of all stages alike: in one build folder it
    /// takes those that another grading has just built for its own.
    #[test]
    fn gradings_at_the_same_time_share_no_stage_and_no_build_folder() {
        let kit = kit();
        let work = tempfile::tempdir().unwrap();
        let first = Stage::take(work.path(), &kit).unwrap();
        let second = Stage::take(work.path(), &kit).unwrap();
        let folders = [&first.root, &first.target, &second.root, &second.target];
        for (at, one) in folders.iter().enumerate() {
            for other in &folders[at + 1..] {
                let are_apart = !one.starts_with(other) && !other.starts_with(one);
                assert!(are_apart, "{one:?} and {other:?}");
            }
        }
        let root = first.root.clone();
        drop(first);
        let again = Stage::take(work.path(), &kit).unwrap();
        assert_eq!(again.root, root, "a free stage is taken again");
    }

    #[test]
    fn a_stage_has_neither_solutions_nor_what_is_no_package_of_it() {
        let kit = kit();
        for member in ["exercises/exercise*", "exercises/exercise*/model", "checker/course"] {
            assert!(has_member(&kit, member), "{member}");
        }
        for member in ["checker", "solutions/exercise*", "solutions/exercise*/model", "tests/*"] {
            assert!(!has_member(&kit, member), "{member}");
        }
    }

    /// Everything that a verdict could differ by is in the identity: a helper
    /// module alone, what is taken out, the kit; and the same files give it again.
    #[test]
    fn the_identity_tells_apart_whatever_is_laid() {
        let mut kit = kit();
        let work = tempfile::tempdir().unwrap();
        let mut stage = Stage::take(work.path(), &kit).unwrap();
        let student = |helper: &str| StudentFiles {
            files: [
                ("src/q1_1_primes.rs".to_owned(), b"mod helper;".to_vec()),
                ("src/q1_1_primes/helper.rs".to_owned(), helper.as_bytes().to_vec()),
            ]
            .into(),
            ..StudentFiles::default()
        };
        let plan = |out: &[&str]| Plan {
            out: out.iter().map(|&id| id.to_owned()).collect(),
            ..Plan::default()
        };
        let mut lay = |kit: &Kit, student: &StudentFiles, plan: &Plan| {
            let laid = stage.places(kit)[0].lay(student, plan).unwrap();
            assert!(laid.is_intact());
            laid.identity
        };
        let first = lay(&kit, &student("one"), &plan(&[]));
        assert_ne!(first, lay(&kit, &student("two"), &plan(&[])));
        assert_ne!(first, lay(&kit, &student("one"), &plan(&["1.2"])));
        assert_eq!(first, lay(&kit, &student("one"), &plan(&[])));
        let (exercise, path) = (&kit.exercises[0].clone(), "tests/graded/exercise1/q1_1.rs");
        kit.files.get_mut(path).unwrap().push(b'\n');
        kit.fingerprints = kit::fingerprint::Fingerprints::new(&kit.exercises, &kit.files);
        assert_ne!(first, lay(&kit, &student("one"), &plan(&[])), "{}", exercise.id);
    }

    #[test]
    fn a_source_that_is_changed_behind_the_stages_back_is_seen() {
        let kit = kit();
        let work = tempfile::tempdir().unwrap();
        let mut stage = Stage::take(work.path(), &kit).unwrap();
        let laid = stage.places(&kit)[0].lay(&StudentFiles::default(), &Plan::default()).unwrap();
        let root = stage.root.join("exercises/exercise1/src/lib.rs");
        std::fs::write(root, "").unwrap();
        assert!(!laid.is_intact());
    }
}
