//! How much a program has written into its folder.

use std::path::Path;
use std::time::Duration;

/// Most bytes of all files.
const BYTES: u64 = 1 << 30;

/// Most files and folders.
const ENTRIES: usize = 100_000;

/// How often a folder is looked at.
const EVERY: Duration = Duration::from_millis(500);

/// Looks after the folder of a program.
#[derive(Debug)]
pub struct DiskUse<'a> {
    folder: &'a Path,
    looked: Duration,
    is_too_much: bool,
}

impl<'a> DiskUse<'a> {
    /// Of a folder that its program has just begun to use.
    #[must_use]
    pub fn of(folder: &'a Path) -> Self {
        Self { folder, looked: Duration::ZERO, is_too_much: false }
    }

    /// Looks whether it is too much, now and then; `elapsed` is the time since the
    /// program's start.
    pub fn look(&mut self, elapsed: Duration) -> bool {
        if elapsed >= self.looked + EVERY {
            self.looked = elapsed;
            self.is_too_much = is_too_much(self.folder, BYTES, ENTRIES);
        }
        self.is_too_much
    }

    /// Whether it was too much when it was looked at last.
    #[must_use]
    pub fn was_too_much(&self) -> bool {
        self.is_too_much
    }
}

/// Whether there are more bytes or entries below a folder. What cannot be read, as
/// it has just gone, does not count.
fn is_too_much(folder: &Path, most_bytes: u64, most_entries: usize) -> bool {
    let (mut bytes, mut entries) = (0, 0);
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            entries += 1;
            match entry.metadata() {
                Ok(metadata) if metadata.is_dir() => open.push(entry.path()),
                Ok(metadata) => bytes += metadata.len(),
                Err(_) => {}
            }
            if bytes > most_bytes || entries > most_entries {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_too_much;

    #[test]
    fn bytes_and_entries_count_at_any_depth() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::write(deep.join("file"), [0; 100]).unwrap();
        // A link to itself leads nowhere.
        std::os::unix::fs::symlink(folder.path(), deep.join("link")).unwrap();
        assert!(!is_too_much(folder.path(), 1000, 4));
        assert!(is_too_much(folder.path(), 99, 4));
        assert!(is_too_much(folder.path(), 1000, 3));
    }
}
