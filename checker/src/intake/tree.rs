//! Where a submission's files are: on disk or in an archive, all the same to whoever
//! looks for exercises.

use std::path::{Path, PathBuf};

use anyhow::Result;
use kit::files::list;

/// What lies at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A folder.
    Folder,
    /// An ordinary file of so many bytes.
    File(u64),
    /// A link, which is not followed.
    Link,
    /// Something that is not taken, and why.
    Odd(String),
}

/// Files and folders by their path from the top, with `/` between its parts; the top
/// itself is the empty path.
pub(super) trait Tree {
    /// What a folder has, in the order of the names.
    ///
    /// # Errors
    /// When it cannot be read.
    fn list(&self, folder: &str) -> Result<Vec<(String, Kind)>>;

    /// What lies at a path, if anything does.
    fn kind(&self, path: &str) -> Option<Kind>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>>;

    /// Whether a path is an ordinary file.
    fn is_file(&self, path: &str) -> bool {
        matches!(self.kind(path), Some(Kind::File(_)))
    }

    /// Whether a path is a folder.
    fn is_folder(&self, path: &str) -> bool {
        matches!(self.kind(path), Some(Kind::Folder))
    }
}

/// A path below another one.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// A folder on disk.
#[derive(Debug)]
pub(super) struct Disk(pub PathBuf);

impl Disk {
    fn at(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.0.clone() } else { self.0.join(path) }
    }
}

/// What lies at a path of the disk.
fn kind_of(path: &Path) -> Option<Kind> {
    let kind = path.symlink_metadata().ok()?;
    Some(if kind.is_dir() {
        Kind::Folder
    } else if kind.is_symlink() {
        Kind::Link
    } else if kind.is_file() {
        Kind::File(kind.len())
    } else {
        Kind::Odd(NOT_ORDINARY.to_owned())
    })
}

/// Why devices, pipes and files with names of bytes alone are not taken.
pub(super) const NOT_ORDINARY: &str = "it is not an ordinary file with an ordinary name";

impl Tree for Disk {
    fn list(&self, folder: &str) -> Result<Vec<(String, Kind)>> {
        let entries = list(&self.at(folder))?.into_iter().filter_map(|path| {
            let kind = kind_of(&path)?;
            let name = path.file_name()?;
            let kind = match kind {
                Kind::File(_) if name.to_str().is_none() => Kind::Odd(NOT_ORDINARY.to_owned()),
                kind => kind,
            };
            Some((name.to_string_lossy().into_owned(), kind))
        });
        Ok(entries.collect())
    }

    fn kind(&self, path: &str) -> Option<Kind> {
        match path {
            // Whoever names a link to a folder means the folder.
            "" => self.0.is_dir().then_some(Kind::Folder),
            path => kind_of(&self.at(path)),
        }
    }

    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        std::fs::read(self.at(path))
    }
}
