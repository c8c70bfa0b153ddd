//! The folders of a call that works on images.

use std::fs;
use std::path::{Path, PathBuf};

/// A folder of images and one for their small versions, removed when dropped.
#[derive(Debug)]
pub struct Folders {
    place: tempfile::TempDir,
}

impl Folders {
    /// Makes the folder of the images; the other one is left to the call.
    ///
    /// # Panics
    /// When the disk cannot be written; that is the machine's fault.
    pub(crate) fn new() -> Self {
        let folders = Self { place: tempfile::tempdir().expect("a folder for images") };
        fs::create_dir(folders.input()).expect("a folder for images");
        folders
    }

    /// Puts an image into the folder of the images.
    ///
    /// # Panics
    /// As [`new`](Self::new).
    pub(crate) fn add(&self, name: &str, bytes: &[u8]) {
        fs::write(self.input().join(name), bytes).expect("an image can be written");
    }

    /// Where the images are.
    #[must_use]
    pub fn input(&self) -> PathBuf {
        self.place.path().join("images")
    }

    /// Where their small versions belong.
    #[must_use]
    pub fn output(&self) -> PathBuf {
        self.place.path().join("small")
    }
}

/// The files of a folder in the order of their names; none where there is no folder.
pub(crate) fn paths(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
