//! Files that are written whole or not at all.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};

/// Writes a file whole or not at all. What is no ordinary file (a device, a pipe, a
/// link) is written into and stays what it is. A new file has the mode that any
/// program's new file has; one that is there keeps its own.
///
/// # Errors
/// When the place cannot be written.
pub fn write_whole(file: &Path, bytes: &[u8]) -> Result<()> {
    let there = file.symlink_metadata().ok();
    if there.as_ref().is_some_and(|kind| !kind.is_file()) {
        let opened = File::options().write(true).truncate(true).open(file);
        return opened
            .and_then(|mut open| open.write_all(bytes))
            .with_context(|| file.display().to_string());
    }
    let folder =
        file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = folder.join(format!(".{name}.{}.unfinished", std::process::id()));
    let written = File::create_new(&unfinished)
        .and_then(|mut new| {
            if let Some(there) = &there {
                new.set_permissions(there.permissions())?;
            }
            new.write_all(bytes)?;
            new.sync_all()
        })
        .and_then(|()| std::fs::rename(&unfinished, file));
    if written.is_err() {
        // Nothing half-written stays.
        let _ = std::fs::remove_file(&unfinished);
    }
    written.with_context(|| file.display().to_string())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    use std::path::Path;

    use super::write_whole;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let [file, usual] = ["report", "usual"].map(|name| folder.path().join(name));
        std::fs::write(&usual, "").unwrap();
        write_whole(&file, b"one").unwrap();
        assert_eq!(mode(&file), mode(&usual));
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        write_whole(&file, b"two").unwrap();
        assert_eq!((mode(&file), std::fs::read(&file).unwrap()), (0o600, b"two".to_vec()));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else stays");
    }

    #[test]
    fn a_link_a_pipe_and_a_device_stay_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let [target, link, pipe] = ["target", "link", "pipe"].map(|name| folder.path().join(name));
        std::fs::write(&target, "old and longer").unwrap();
        symlink(&target, &link).unwrap();
        write_whole(&link, b"new").unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(std::fs::read(&target).unwrap(), b"new");

        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || std::fs::read(pipe).unwrap()
        });
        write_whole(&pipe, b"through").unwrap();
        assert_eq!(reader.join().unwrap(), b"through");
        assert!(pipe.metadata().unwrap().file_type().is_fifo());

        write_whole(Path::new("/dev/null"), b"gone").unwrap();
        assert!(Path::new("/dev/null").metadata().unwrap().file_type().is_char_device());
    }

    #[test]
    fn a_place_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("no/such/folder");
        let error = write_whole(&file, b"").unwrap_err();
        assert!(format!("{error:#}").contains("no/such/folder"));
    }
}
