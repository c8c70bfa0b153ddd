//! Files as bytes by their paths, and what identifies a set of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Files by their path, with `/` between its parts.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The entries of a folder in the order of their names.
///
/// # Errors
/// When the folder cannot be read.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Reads the files below a folder of `root` that `is_wanted` takes.
///
/// # Errors
/// When one of them cannot be read.
pub fn collect(
    root: &Path,
    folder: &str,
    is_wanted: &dyn Fn(&str) -> bool,
    files: &mut Files,
) -> Result<()> {
    for path in list(&root.join(folder))? {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let relative = format!("{folder}/{name}");
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') {
                collect(root, &relative, is_wanted, files)?;
            }
        } else if is_wanted(&relative) && path.is_file() {
            let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
            files.insert(relative, bytes);
        }
    }
    Ok(())
}

/// Copies a folder with all that is in it, modes and times as well; links become what
/// they point to.
///
/// # Errors
/// When something cannot be read or written.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    for path in list(from)? {
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_folder(&path, &target)?;
            continue;
        }
        std::fs::copy(&path, &target).with_context(|| path.display().to_string())?;
        // Cargo compares times.
        let modified = path.metadata()?.modified()?;
        std::fs::File::options().append(true).open(&target)?.set_modified(modified)?;
    }
    Ok(())
}

/// What identifies some files: each name and content with its length before it,
/// so that no two different sets of files hash alike.
#[must_use]
pub fn hash<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (path, bytes) in files {
        for part in [path.as_bytes(), bytes] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

/// [`hash`] of all of some files.
#[must_use]
pub fn hash_all(files: &Files) -> String {
    hash(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn names_and_contents_cannot_be_moved_into_each_other() {
        let pairs: [&[(&str, &[u8])]; 4] =
            [&[("ab", b"c")], &[("a", b"bc")], &[("a", b""), ("b", b"c")], &[]];
        let hashes = pairs.map(|files| hash(files.iter().copied()));
        for (at, one) in hashes.iter().enumerate() {
            assert!(!hashes[at + 1..].contains(one), "{at}");
        }
    }
}
