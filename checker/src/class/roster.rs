//! The roster of a class: who is in it, from a spreadsheet.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use kit::error::UserError;
use kit::exit_code::Exit;
use serde::Deserialize;

/// One student of the roster.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Enrolled {
    /// As in the name of what is handed in.
    pub id: String,
    /// What the student is called.
    #[serde(default)]
    pub name: String,
    /// The student's group.
    #[serde(default, alias = "group")]
    pub team: String,
    /// When the student handed in, where that is known.
    #[serde(default)]
    pub submitted: Option<Timestamp>,
    /// Days more than others have.
    #[serde(default)]
    pub extension_days: Option<u32>,
}

/// Reads a roster: CSV with a header, of whose columns `id`, `name`, `group`, `submitted`
/// and `extension_days` count.
///
/// # Errors
/// When it cannot be read, has no column `id`, or names somebody twice.
pub fn read(file: &Path) -> Result<BTreeMap<String, Enrolled>, UserError> {
    let refuse = |what: String| {
        UserError::new(
            Exit::Usage,
            format!("{}: {what}", file.display()),
            "a roster is a CSV file with the column `id`; `checker/CLASS.md` names the others",
        )
    };
    let bytes = std::fs::read(file).map_err(|error| refuse(error.to_string()))?;
    // What spreadsheets put before UTF-8.
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut rows = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text);
    let mut roster = BTreeMap::new();
    for row in rows.deserialize() {
        let enrolled: Enrolled = row.map_err(|error| refuse(error.to_string()))?;
        if enrolled.id.is_empty() {
            return Err(refuse("a row has no id".to_owned()));
        }
        if let Some(twin) = roster.insert(enrolled.id.clone(), enrolled) {
            return Err(refuse(format!("{} is in it twice", twin.id)));
        }
    }
    Ok(roster)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_roster_is_read_or_refused_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("roster.csv");
        let read = |text: &str| {
            std::fs::write(&file, text).unwrap();
            read(&file)
        };
        let roster = read("\u{feff}id,mail,name,group\n7,a@b,\"Kern, Ana\",A\n8,,张伟,\n").unwrap();
        assert_eq!((&*roster["7"].name, &*roster["7"].team), ("Kern, Ana", "A"));
        assert_eq!(roster["8"].name, "张伟");
        let late = read("id,submitted,extension_days\n7,2026-12-01T12:00:00+01:00,2\n8,,\n");
        let late = late.unwrap();
        assert_eq!(late["7"].submitted.unwrap().to_string(), "2026-12-01T11:00:00Z");
        assert_eq!((late["7"].extension_days, late["8"].submitted), (Some(2), None));
        assert!(read("id,submitted\n7,yesterday\n").is_err());
        assert!(read("id\n7\n7\n").unwrap_err().what.contains("7 is in it twice"));
        assert!(read("name\nAna\n").unwrap_err().what.contains("id"));
        assert!(read("id,name\n,Ana\n").unwrap_err().what.contains("no id"));
    }
}
