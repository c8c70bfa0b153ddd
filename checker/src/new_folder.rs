//! A folder that is written whole or not at all.

use std::path::Path;

use anyhow::{Context, Result};
use kit::error::UserError;
use kit::exit_code::Exit;

/// Fills a folder that is not there yet, or is empty. `fill` writes into another one
/// beside it, which takes its place at the end.
///
/// # Errors
/// When there is something already, `fill` fails, or the disk cannot be written.
pub fn write<T>(folder: &Path, fill: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    let is_taken = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if is_taken || folder.is_file() {
        let what = format!("{}: there is something already", folder.display());
        return Err(UserError::new(Exit::Usage, what, "name a new folder").into());
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    let unfinished = tempfile::Builder::new()
        .prefix(".unfinished-")
        .tempdir_in(parent)
        .with_context(|| parent.display().to_string())?;
    let filled = fill(unfinished.path())?;
    // Of a folder made for one user alone, others could not read.
    let made = parent.join(format!(".unfinished-{}", std::process::id()));
    std::fs::create_dir(&made)?;
    std::fs::set_permissions(unfinished.path(), made.metadata()?.permissions())?;
    std::fs::remove_dir(&made)?;
    if folder.is_dir() {
        std::fs::remove_dir(folder).with_context(|| folder.display().to_string())?;
    }
    std::fs::rename(unfinished.keep(), folder).with_context(|| folder.display().to_string())?;
    Ok(filled)
}

/// Writes a file, with the folders that lead to it.
///
/// # Errors
/// When the disk cannot be written.
pub fn put(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    std::fs::write(path, bytes).with_context(|| path.display().to_string())
}
