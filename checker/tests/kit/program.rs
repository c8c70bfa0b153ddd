//! Runs the real `checker` program.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

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
    let _alone = GRADING.lock().unwrap_or_else(PoisonError::into_inner);
    let output = Command::new(env!("CARGO_BIN_EXE_checker"))
        .args(arguments)
        .current_dir(kit())
        .output()
        .unwrap();
    Said {
        code: output.status.code().expect("the checker exits by itself"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
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
