//! Files of a check's own, removed when it is done with them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A file name in a folder that no other check uses.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
    file: PathBuf,
}

impl Scratch {
    /// A name for a file that is not there yet.
    pub fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        loop {
            // Only a name of its own is asked of this number, no order.
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let name = format!("exercise3-{}-{number}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            match fs::create_dir(&folder) {
                Ok(()) => return Self { file: folder.join("lines.txt"), folder },
                // A run that was killed has left it behind.
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => panic!("no folder for the test's files: {error}"),
            }
        }
    }

    /// A file with these bytes.
    pub fn holding(bytes: impl AsRef<[u8]>) -> Self {
        let scratch = Self::new();
        fs::write(&scratch.file, bytes).expect("the test's file can be written");
        scratch
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.file
    }

    /// The folder around the file.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays behind in the folder for temporary files harms nobody.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
