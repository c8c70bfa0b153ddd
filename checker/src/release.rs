//! The kit that students get: without solutions, known mistakes and what only a
//! reviewer reads.

use std::path::Path;

use anyhow::{Context, Result};
use course::catalog::{Exercise, Kind};
use kit::Kit;
use kit::error::UserError;
use kit::exit_code::Exit;
use kit::files::{Files, collect};

use crate::new_folder::{self, put};

/// The folders of a kit that students get, as far as [`is_left_out`] lets them.
const FOLDERS: [&str; 5] = [".cargo", "benches", "checker", "exercises", "tests"];

/// The files at the top that they get.
const FILES: [&str; 8] = [
    ".gitignore",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "rust-toolchain.toml",
    "rustfmt.toml",
];

/// Endings of the files that belong to a kit; an editor's backups have others.
const ENDINGS: [&str; 8] = ["css", "json", "md", "rs", "snap", "sql", "svg", "toml"];

/// What students do not get: whatever begins like this.
const LEFT_OUT: [&str; 9] = [
    "checker/CI.md",
    "checker/CLASS.md",
    "checker/TRIAL.md",
    "checker/examples/",
    "checker/templates/",
    "checker/tests/",
    "tests/consumers/",
    "tests/hostile.toml",
    "tests/submissions",
];

/// What stands in place of a rubric.
const NO_RUBRIC: &str = "A person reads the answer and gives the points.";

/// Said in the manifest of a release, so that nobody grades a class with it.
const MARK: &str = "\n[workspace.metadata.course]\nrelease = true\n";

/// Writes the release of a kit into a folder that is not there yet, or is empty; whole
/// or not at all. The same kit gives the same bytes. Returns how many files it has.
///
/// # Errors
/// When the folder has something in it, the kit is a release itself, has a hidden check,
/// or the disk cannot be written.
pub fn write(kit: &Kit, folder: &Path) -> Result<usize> {
    let refuse = |exit, what: String, next: &str| Err(UserError::new(exit, what, next).into());
    if kit.is_release {
        let what = format!("{} is a release already", kit.root.display());
        return refuse(Exit::KitBroken, what, "run this in the whole kit");
    }
    let hidden = kit.exercises.iter().flat_map(Exercise::checks).find(|check| check.hidden);
    if let Some(check) = hidden {
        // Its test would be there to be read, whatever the catalogue says.
        let what = format!("check {} is hidden, and a release would show its test", check.id);
        return refuse(Exit::KitBroken, what, "take its test out of the kit first");
    }
    let files = files(kit)?;
    new_folder::write(folder, |unfinished| {
        files.iter().try_for_each(|(path, bytes)| put(&unfinished.join(path), bytes))
    })?;
    Ok(files.len())
}

/// The kit's own files by their path, with those of `more` folders, and without what
/// only its keepers need.
///
/// # Errors
/// When one of them cannot be read.
pub fn own_files(kit: &Kit, more: &[&str]) -> Result<Files> {
    let is_wanted = |path: &str| {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending);
        let is_hidden = path.split('/').skip(1).any(|part| part.starts_with('.'));
        ending.is_some_and(|ending| ENDINGS.contains(&ending)) && !is_hidden && !is_left_out(path)
    };
    let mut files = Files::new();
    for folder in FOLDERS.iter().chain(more) {
        collect(&kit.root, folder, &is_wanted, &mut files)?;
    }
    for file in FILES {
        if let Ok(bytes) = std::fs::read(kit.root.join(file)) {
            files.insert(file.to_owned(), bytes);
        }
    }
    Ok(files)
}

/// The files of a release by their path.
fn files(kit: &Kit) -> Result<Files> {
    let mut files = own_files(kit, &[])?;
    let text = |files: &Files, path: &str| -> Result<String> {
        let bytes = files.get(path).with_context(|| format!("{path} of the kit"))?;
        Ok(String::from_utf8(bytes.clone())?)
    };
    for exercise in &kit.exercises {
        let path = format!("exercises/{}/exercise.toml", exercise.id);
        let catalog = without_rubrics(&text(&files, &path)?, exercise).context(path.clone())?;
        files.insert(path, catalog.into_bytes());
    }
    let manifest = text(&files, "Cargo.toml")?;
    let is_kept = |line: &&str| !line.trim_start().starts_with("\"solutions/");
    let manifest = manifest.split_inclusive('\n').filter(is_kept).collect::<String>() + MARK;
    files.insert("Cargo.toml".to_owned(), manifest.into_bytes());
    let lock = without_solutions(&text(&files, "Cargo.lock")?);
    files.insert("Cargo.lock".to_owned(), lock.into_bytes());
    let readme = for_students(&text(&files, "README.md")?)?;
    files.insert("README.md".to_owned(), readme.into_bytes());
    Ok(files)
}

fn is_left_out(path: &str) -> bool {
    LEFT_OUT.iter().any(|prefix| path.starts_with(prefix))
}

/// A catalogue that says nothing of what a reviewer looks for.
fn without_rubrics(text: &str, exercise: &Exercise) -> Result<String> {
    let lines = text.split_inclusive('\n').map(|line| match line.starts_with("rubric = ") {
        true => format!("rubric = \"{NO_RUBRIC}\"\n"),
        false => line.to_owned(),
    });
    let text: String = lines.collect();
    let read = Exercise::parse(&text).map_err(anyhow::Error::msg)?;
    let manual = read.checks().filter(|check| check.kind == Kind::Manual);
    let is_gone = manual.into_iter().all(|check| check.rubric.as_deref() == Some(NO_RUBRIC));
    let is_same = read.questions.len() == exercise.questions.len();
    anyhow::ensure!(is_gone && is_same, "a rubric is not written on a line of its own");
    Ok(text)
}

/// A lock file without the packages of the solutions.
fn without_solutions(lock: &str) -> String {
    let mut packages = lock.split("[[package]]\n");
    let head = packages.next().unwrap_or_default().to_owned();
    let kept = packages.filter(|package| !package.starts_with("name = \"solution"));
    kept.fold(head, |text, package| text + "[[package]]\n" + package)
}

/// The part of the README that is for students.
fn for_students(readme: &str) -> Result<String> {
    let cut = |from: &str, to: &str| {
        let begin = if from.is_empty() { 0 } else { readme.find(from)? };
        let end = if to.is_empty() { readme.len() } else { readme.find(to)? };
        readme.get(begin..end)
    };
    let head = cut("", "On a machine with Rust").context("the README has no beginning")?;
    let body = cut("| exercise (", "## For instructors").context("the README has no students")?;
    let end = cut("Graded on Linux", "").context("the README has no end")?;
    Ok(format!("{head}{body}{end}"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use kit::Kit;

    use super::{NO_RUBRIC, files, without_solutions, write};

    fn kit() -> Kit {
        Kit::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap()
    }

    #[test]
    fn a_release_has_nothing_that_answers_a_question() {
        let kit = kit();
        let files = files(&kit).unwrap();
        for path in files.keys() {
            let is_secret = ["solutions", "submissions", "hostile", "target/", "consumers"]
                .iter()
                .any(|word| path.contains(word) && !path.ends_with(".rs"));
            assert!(!is_secret && !path.starts_with("solutions"), "{path}");
        }
        for exercise in &kit.exercises {
            let catalog = &files[&format!("exercises/{}/exercise.toml", exercise.id)];
            let catalog = String::from_utf8_lossy(catalog);
            for check in exercise.checks().filter_map(|check| check.rubric.as_ref()) {
                assert!(!catalog.contains(&**check) && catalog.contains(NO_RUBRIC));
            }
            for question in &exercise.questions {
                let path = format!("exercises/{}/{}", exercise.id, question.file);
                assert!(files.contains_key(&path), "{path}");
            }
        }
        assert!(!String::from_utf8_lossy(&files["Cargo.toml"]).contains("\"solutions/"));
        let readme = String::from_utf8_lossy(&files["README.md"]);
        assert!(!readme.contains("checker class") && readme.contains("cargo hint 1.1"), "{readme}");
        assert!(!readme.contains("solutions"), "{readme}");
    }

    #[test]
    fn a_release_is_the_same_each_time_and_no_kit_to_make_one_from() {
        let (kit, folder) = (kit(), tempfile::tempdir().unwrap());
        let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
        assert_eq!(write(&kit, &one).unwrap(), write(&kit, &two).unwrap());
        let same = std::process::Command::new("diff").arg("-r").args([&one, &two]).status();
        assert!(same.unwrap().success());
        assert!(write(&kit, &one).unwrap_err().to_string().contains("something already"));
        let release = Kit::read(&one).unwrap();
        assert!(release.is_release && !kit.is_release);
        let again = write(&release, &folder.path().join("three")).unwrap_err();
        assert!(again.to_string().contains("a release already"), "{again}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else stays");
    }

    #[test]
    fn the_solutions_leave_the_lock_file_and_nothing_else_does() {
        let lock = "version = 4\n\n[[package]]\nname = \"a\"\n\n[[package]]\nname = \"solution1\"\ndependencies = [\n \"a\",\n]\n\n[[package]]\nname = \"z\"\n";
        let left = without_solutions(lock);
        assert_eq!(left, "version = 4\n\n[[package]]\nname = \"a\"\n\n[[package]]\nname = \"z\"\n");
    }
}
