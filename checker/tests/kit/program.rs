//! Runs the real `checker` program.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What one run of the program said.
#[derive(Debug)]
pub struct Said {
    /// Its exit code.
    pub code: i32,
    /// Its standard output.
    pub out: String,
    /// Its standard error.
    pub err: String,
}

/// One grading at a time, so that one stage serves them all: a second one
/// would compile the kit's crates again.
static GRADING: Mutex<()> = Mutex::new(());

/// Runs `checker` with these arguments in the kit's folder.
pub fn checker<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Said {
    checker_with(&[], arguments)
}

/// The same with other variables in its environment.
pub fn checker_with<S: AsRef<std::ffi::OsStr>>(
    environment: &[(&str, &str)],
    arguments: &[S],
) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_checker"));
    command.envs(environment.iter().copied());
    run(command.args(arguments).current_dir(kit()))
}

/// Runs it below another program with these arguments, as `unshare` is one.
pub fn checker_below(world: &[&str], environment: &[(&str, &str)], arguments: &[&str]) -> Said {
    let mut command = Command::new(world[0]);
    command.args(&world[1..]).arg(env!("CARGO_BIN_EXE_checker")).args(arguments);
    run(command.envs(environment.iter().copied()).current_dir(kit()))
}

/// Runs `checker` in another kit's folder, with a build folder of its own.
pub fn checker_in(kit: &Path, target: &Path, arguments: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_checker"));
    run(command.args(arguments).current_dir(kit).env("CARGO_TARGET_DIR", target))
}

/// Keeps the other tests from grading, which changes the build folder.
pub fn alone() -> MutexGuard<'static, ()> {
    GRADING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn run(command: &mut Command) -> Said {
    let _alone = alone();
    let output = command.output().unwrap();
    Said {
        code: output.status.code().expect("the checker exits by itself"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The build folder that these tests were compiled in.
pub fn target() -> PathBuf {
    let checker = Path::new(env!("CARGO_BIN_EXE_checker"));
    checker.ancestors().nth(2).unwrap().to_owned()
}

/// Copies what a kit consists of, without what was built in it.
pub fn copy_kit(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for part in
        ["Cargo.toml", "Cargo.lock", "benches", "checker", "exercises", "solutions", "tests"]
    {
        let copied = Command::new("cp").arg("-a").args([from.join(part), to.join(part)]).status();
        assert!(copied.unwrap().success(), "{part}");
    }
}

/// The folder of the kit.
pub fn kit() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Copies the student's files of a solved exercise into `folder`.
pub fn copy_solution(exercise: &str, folder: &Path) {
    let from = kit().join("solutions").join(exercise);
    let to = folder.join(exercise);
    std::fs::create_dir_all(to.join("src")).unwrap();
    for entry in std::fs::read_dir(from.join("src")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join("src").join(path.file_name().unwrap())).unwrap();
    }
    if from.join("answers.md").is_file() {
        std::fs::copy(from.join("answers.md"), to.join("answers.md")).unwrap();
    }
}
