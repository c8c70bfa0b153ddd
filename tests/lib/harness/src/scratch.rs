//! Files of a check's own, removed when it is done with them.

use std::fs;
use std::path::{Path, PathBuf};

use course::fault::needed;

/// A file name in a folder that no other check uses.
#[derive(Debug)]
pub struct Scratch {
    folder: tempfile::TempDir,
    file: PathBuf,
}

impl Scratch {
    /// A name for a file that is not there yet.
    ///
    /// # Panics
    /// When no folder can be made; that is the machine's fault.
    #[must_use]
    pub fn new() -> Self {
        let folder = needed(tempfile::tempdir(), "a temporary folder");
        Self { file: folder.path().join("lines.txt"), folder }
    }

    /// A file with these bytes.
    ///
    /// # Panics
    /// When the file cannot be written; that is the machine's fault.
    #[must_use]
    pub fn holding(bytes: impl AsRef<[u8]>) -> Self {
        let scratch = Self::new();
        needed(fs::write(&scratch.file, bytes), "a temporary file");
        scratch
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.file
    }

    /// The folder around the file.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}
