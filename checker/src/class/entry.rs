//! What is in the folder of a class: one folder or archive for each student, by the
//! names that course systems give them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kit::error::UserError;
use kit::exit_code::Exit;
use kit::files::list;

use crate::intake::is_archive;

/// Endings of archives, the long ones first.
const ENDINGS: [&str; 7] = [".tar.gz", ".tar.zst", ".tgz", ".tzst", ".tar", ".zip", ".gz"];

/// What one student has handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What tells the student apart.
    pub id: String,
    /// What the student is called, where the name of the entry says it; else the id.
    pub name: String,
    /// The folders and archives of this student; more than one is one too many.
    pub paths: Vec<PathBuf>,
}

/// Reads the folder of a class. Returns the entries in the order of their ids, and the
/// names of the files that are not submissions.
///
/// # Errors
/// When the folder cannot be read, or has no entry.
pub fn read(folder: &Path) -> Result<(Vec<Entry>, Vec<String>), UserError> {
    let shown = folder.display();
    let refuse = |what: String, next: &str| {
        UserError::new(Exit::NothingToGrade, format!("{shown}: {what}"), next)
    };
    let expected = "name a folder with one folder or archive for each student";
    if !folder.is_dir() {
        let what = if folder.exists() { "not a folder" } else { "no such folder" };
        return Err(refuse(what.to_owned(), expected));
    }
    let paths = list(folder).map_err(|error| refuse(format!("{error:#}"), expected))?;
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    let mut strays = Vec::new();
    for path in paths {
        let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if file_name.starts_with('.') || file_name == "__MACOSX" {
            continue;
        }
        if !path.is_dir() && !is_archive(&path) {
            strays.push(file_name);
            continue;
        }
        let (id, name) = who(&file_name, path.is_dir());
        let entry = entries.entry(id.clone()).or_insert(Entry { id, name, paths: Vec::new() });
        entry.paths.push(path);
    }
    if entries.is_empty() {
        return Err(refuse("no folder and no archive is in it".to_owned(), expected));
    }
    Ok((entries.into_values().collect(), strays))
}

/// Id and name of the student in the name of an entry:
///
/// - `Ana Kern_4711_assignsubmission_file_work.zip`, Moodle's "download all submissions";
/// - `kernana_LATE_4711_99120_work.zip`, Canvas's, with the id of the user before that
///   of the submission;
/// - anything else is id and name at once, without the ending of an archive.
fn who(file_name: &str, is_folder: bool) -> (String, String) {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((before, _)) = file_name.split_once("_assignsubmission_")
        && let Some((name, number)) = before.rsplit_once('_')
        && is_number(number)
    {
        return (number.to_owned(), name.to_owned());
    }
    let parts: Vec<&str> = file_name.split('_').filter(|part| *part != "LATE").collect();
    if let [name, user, submission, _, ..] = parts.as_slice()
        && !is_folder
        && is_number(user)
        && is_number(submission)
    {
        return ((*user).to_owned(), (*name).to_owned());
    }
    let lower = file_name.to_lowercase();
    let ending = ENDINGS.iter().find(|ending| !is_folder && lower.ends_with(*ending));
    let stem = ending.and_then(|ending| file_name.get(..file_name.len() - ending.len()));
    let stem = stem.filter(|stem| !stem.is_empty()).unwrap_or(file_name);
    (stem.to_owned(), stem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{read, who};

    #[test]
    fn names_of_exports_say_who_it_is() {
        for (name, is_folder, id, called) in [
            ("Ana Kern_4711_assignsubmission_file_", true, "4711", "Ana Kern"),
            ("Ana Kern_4711_assignsubmission_file_work.zip", false, "4711", "Ana Kern"),
            ("O'Neil_de_la_1_assignsubmission_file", true, "1", "O'Neil_de_la"),
            ("kernana_4711_99120_work.zip", false, "4711", "kernana"),
            ("kernana_LATE_4711_99120_my_work-1.tar.gz", false, "4711", "kernana"),
            ("ana.tar.gz", false, "ana", "ana"),
            ("ana.k.ZIP", false, "ana.k", "ana.k"),
            ("ana_1_2_3", true, "ana_1_2_3", "ana_1_2_3"),
            ("张伟", true, "张伟", "张伟"),
            ("=HYPERLINK(\"x\")", true, "=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")"),
            (".zip", false, ".zip", ".zip"),
            ("x.rar", false, "x.rar", "x.rar"),
        ] {
            assert_eq!(who(name, is_folder), (id.to_owned(), called.to_owned()), "{name}");
        }
    }

    #[test]
    fn two_entries_of_one_student_are_seen_and_strays_are_named() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()).unwrap_err().exit.code(), 4);
        std::fs::create_dir(folder.path().join("ana")).unwrap();
        for file in ["ana.zip", "bo.tgz", "grades.csv", ".DS_Store"] {
            std::fs::write(folder.path().join(file), "").unwrap();
        }
        let (entries, strays) = read(folder.path()).unwrap();
        let found: Vec<_> =
            entries.iter().map(|entry| (entry.id.as_str(), entry.paths.len())).collect();
        assert_eq!(found, [("ana", 2), ("bo", 1)]);
        assert_eq!(strays, ["grades.csv"]);
        assert_eq!(read(&folder.path().join("nowhere")).unwrap_err().exit.code(), 4);
    }
}
