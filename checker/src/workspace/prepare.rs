//! Everything that submissions depend on, compiled once for each kit, toolchain and
//! machine.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use course::catalog::Exercise;
use kit::Kit;
use kit::error::UserError;
use kit::exit_code::Exit;
use kit::files::{copy_folder, hash};

use super::program::{Build, Program, build, has_timed, require_success};
use super::{Cargo, Plan, Stage};
use crate::intake::{StudentFiles, student_files};

/// How long the dependencies may take.
const DEADLINE: Duration = Duration::from_secs(3600);

/// Where the programs are that stay the same from one submission to the next.
#[derive(Debug, Clone)]
pub struct Programs {
    folder: PathBuf,
}

/// A program that is kept beside the stages, and what it says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it is.
    pub path: PathBuf,
    /// What was laid where it was compiled.
    pub identity: String,
}

/// Compiles the kit's own part of every exercise, unless that was done before.
/// `told` hears what takes long.
///
/// # Errors
/// When the dependencies cannot be fetched or compiled, or the kit is broken.
pub fn prepare(
    cargo: &Cargo,
    kit: &Kit,
    stage: &mut Stage,
    work: &Path,
    told: &dyn Fn(&str),
) -> Result<Programs> {
    let programs = Programs { folder: work.join("programs") };
    std::fs::create_dir_all(&programs.folder)
        .with_context(|| programs.folder.display().to_string())?;
    let marker = stage.root.join("prepared");
    let wanted = hash([
        ("kit", kit.hash.as_bytes()),
        ("toolchain", cargo.version().as_bytes()),
        ("sources", cargo.sources().as_bytes()),
    ]);
    let is_kept = |exercise: &Exercise| {
        !has_timed(exercise) || programs.find(exercise, "measure", &kit.hash).is_some()
    };
    let is_prepared = std::fs::read_to_string(&marker).is_ok_and(|known| known == wanted)
        && stage.target.is_dir()
        && kit.exercises.iter().all(is_kept);
    if is_prepared {
        return Ok(programs);
    }
    copy_prepared(stage, work, &wanted, told);
    told("preparing the kit: compiling its dependencies, once");
    require_success(&cargo.fetch(&kit.root).run(DEADLINE, None), "cargo fetch")?;
    // Prunes the lock file to what a stage has, without changing a version.
    let command = cargo.in_stage(stage, "");
    let prune = supervise::Command { args: Vec::new(), ..command.clone() }
        .args(["metadata", "--offline", "--format-version", "1"])
        .args(command.args);
    require_success(&prune.run(DEADLINE, None), "cargo metadata")?;
    for place in &mut stage.places(kit) {
        let exercise = place.exercise;
        // Without any question: what is left is the kit's own.
        let out = exercise.questions.iter().map(|question| question.id.clone()).collect();
        let laid = place.lay(&StudentFiles::default(), &Plan { out, ..Plan::default() })?;
        for program in [Program::Graded, Program::Timed] {
            if program == Program::Timed && !has_timed(exercise) {
                continue;
            }
            match build(cargo, place, &laid, program, DEADLINE)? {
                Build::Done(built) if program == Program::Timed => {
                    programs.keep(exercise, "measure", &kit.hash, &built.path)?;
                }
                Build::Done(_) => {}
                // An error that points nowhere is the linker's or the disk's.
                Build::Refused(errors) if errors.iter().all(|error| error.places.is_empty()) => {
                    let said: Vec<String> = errors.into_iter().map(|error| error.text).collect();
                    bail!("{} cannot be built on this machine:\n{}", exercise.id, said.join("\n"))
                }
                Build::Refused(errors) => bail!(UserError::new(
                    Exit::KitBroken,
                    format!(
                        "the kit's own part of {} does not compile:\n{}",
                        exercise.id,
                        errors.into_iter().map(|error| error.text).collect::<Vec<_>>().join("\n")
                    ),
                    "the kit is broken: restore its files",
                )),
                Build::TooLong(_) => bail!("{}: the compiler takes too long", exercise.id),
                Build::Failed(said) => bail!("{} cannot be built:\n{said}", exercise.id),
            }
        }
    }
    std::fs::write(&marker, &wanted).with_context(|| marker.display().to_string())?;
    Ok(programs)
}

/// Begins with a copy of what another stage has compiled: its programs are good
/// only as far as they prove what they are, but libraries from the registry are the
/// same. Where there is none, or copying fails, everything is compiled.
fn copy_prepared(stage: &Stage, work: &Path, wanted: &str, told: &dyn Fn(&str)) {
    if stage.target.is_dir() {
        return;
    }
    let prepared = (0..super::stage::STAGES).find_map(|number| {
        let marker = work.join(format!("stage-{number}/prepared"));
        let known = std::fs::read_to_string(marker).ok()?;
        (known == wanted).then(|| work.join(format!("build-{number}/release")))
    });
    let Some(prepared) = prepared else { return };
    told("another grading uses this kit's build folder: beginning with a copy of it");
    let target = stage.target.join("release");
    for folder in [".fingerprint", "build", "deps"] {
        if copy_folder(&prepared.join(folder), &target.join(folder)).is_err() {
            // A part of a copy is worse than none.
            let _ = std::fs::remove_dir_all(&stage.target);
            return;
        }
    }
}

impl Programs {
    /// The program that measures an exercise's timed checks: its timed calls, with
    /// no line of anybody's but the kit's.
    ///
    /// # Errors
    /// When it is not there; preparing makes it.
    pub fn measuring(&self, kit: &Kit, exercise: &Exercise) -> Result<Kept> {
        self.find(exercise, "measure", &kit.hash)
            .with_context(|| format!("{} has no program that measures", exercise.id))
    }

    /// The reference solution's timed calls of an exercise, built where a
    /// submission's are; `None` where the kit has no solutions.
    ///
    /// # Errors
    /// When the solution does not compile, or the disk cannot be written.
    pub fn reference(
        &self,
        cargo: &Cargo,
        place: &mut super::stage::Place<'_>,
    ) -> Result<Option<Kept>> {
        let (kit, exercise) = (place.kit, place.exercise);
        let Some(folder) = kit.solution(exercise) else { return Ok(None) };
        let solution = student_files(kit, exercise, &folder)?;
        let print = kit.fingerprints.of(exercise).as_bytes();
        let key = hash([
            ("kit", print),
            ("solution", solution.hash().as_bytes()),
            ("toolchain", cargo.version().as_bytes()),
        ]);
        if let Some(kept) = self.find(exercise, "reference", &key) {
            return Ok(Some(kept));
        }
        let all = || exercise.questions.iter().map(|question| question.id.clone());
        let plan =
            Plan { without_model: all().collect(), wanted: all().collect(), ..Plan::default() };
        let laid = place.lay(&solution, &plan)?;
        match build(cargo, place, &laid, Program::Timed, super::program::DEADLINE)? {
            Build::Done(built) => {
                let kept = Kept {
                    path: self.path(exercise, "reference", &key),
                    identity: laid.identity.clone(),
                };
                // Before the program: whoever finds that one reads this.
                let identity = tempfile::NamedTempFile::new_in(&self.folder)?;
                std::fs::write(&identity, &laid.identity)?;
                identity.persist(kept.path.with_extension("identity"))?;
                self.keep(exercise, "reference", &key, &built.path)?;
                Ok(Some(kept))
            }
            other => bail!("the reference solution of {} cannot be built: {other:?}", exercise.id),
        }
    }

    fn path(&self, exercise: &Exercise, role: &str, key: &str) -> PathBuf {
        self.folder.join(format!("{role}-{}-{key}", exercise.id))
    }

    fn find(&self, exercise: &Exercise, role: &str, key: &str) -> Option<Kept> {
        let path = self.path(exercise, role, key);
        let identity = std::fs::read_to_string(path.with_extension("identity")).unwrap_or_default();
        path.is_file().then_some(Kept { path, identity })
    }

    /// Puts a copy of a program into the folder, whole or not at all.
    fn keep(&self, exercise: &Exercise, role: &str, key: &str, built: &Path) -> Result<()> {
        copy_whole(built, &self.path(exercise, role, key))
    }
}

/// Copies a program whole or not at all: one that was cut off must not run.
///
/// # Errors
/// When it cannot be read, or its place cannot be written.
pub fn copy_whole(built: &Path, path: &Path) -> Result<()> {
    // Others may be about to put the same program there.
    let unfinished = path.with_extension(format!("{:x}.unfinished", rand::random::<u64>()));
    std::fs::copy(built, &unfinished).with_context(|| built.display().to_string())?;
    std::fs::rename(&unfinished, path).with_context(|| path.display().to_string())
}
