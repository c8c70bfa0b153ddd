//! What happens to the files of a folder, as the system saw it.

use std::ffi::OsStr;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rustix::fs::inotify::{self, CreateFlags, ReadFlags, WatchFlags};

/// Watches a folder: the system notes every change in the order it happens,
/// whether anybody looks or not, so no clock is involved.
#[derive(Debug)]
pub struct FolderWatch {
    notes: OwnedFd,
}

/// What happened to the name of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileEvent {
    /// Its content was written or cut off.
    Written,
    /// It was there from one moment to the next, by a rename.
    MovedIn,
    /// It was made, as a file that is written afterwards or as a link.
    Created,
    /// It was removed, or renamed to something else.
    Gone,
}

impl FolderWatch {
    /// Begins to watch.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn new(folder: &Path) -> io::Result<Self> {
        let notes = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)?;
        let events = WatchFlags::CREATE
            | WatchFlags::MODIFY
            | WatchFlags::MOVED_TO
            | WatchFlags::MOVED_FROM
            | WatchFlags::DELETE;
        inotify::add_watch(&notes, folder, events)?;
        Ok(Self { notes })
    }

    /// Everything noted so far, in order, by file name.
    ///
    /// # Errors
    /// When it cannot be read, or was too much for the system to note.
    pub fn events(&self) -> io::Result<Vec<(PathBuf, FileEvent)>> {
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut reader = inotify::Reader::new(&self.notes, &mut buffer);
        let mut events = Vec::new();
        loop {
            let event = match reader.next() {
                Ok(event) => event,
                Err(rustix::io::Errno::AGAIN) => return Ok(events),
                Err(error) => return Err(error.into()),
            };
            let flags = event.events();
            if flags.contains(ReadFlags::QUEUE_OVERFLOW) {
                return Err(io::Error::other("more events than the system can note"));
            }
            let Some(name) = event.file_name() else { continue };
            let what = if flags.contains(ReadFlags::MODIFY) {
                FileEvent::Written
            } else if flags.contains(ReadFlags::MOVED_TO) {
                FileEvent::MovedIn
            } else if flags.contains(ReadFlags::CREATE) {
                FileEvent::Created
            } else {
                FileEvent::Gone
            };
            events.push((OsStr::from_bytes(name.to_bytes()).into(), what));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{FileEvent, FolderWatch};
    use crate::Scratch;

    #[test]
    fn writing_in_place_and_renaming_are_told_apart() {
        let scratch = Scratch::new();
        let path = |name: &str| scratch.folder().join(name);
        let watch = FolderWatch::new(scratch.folder()).unwrap();
        fs::write(path("direct"), "bytes").unwrap();
        fs::write(path("unfinished"), "bytes").unwrap();
        fs::rename(path("unfinished"), path("final")).unwrap();
        let events = watch.events().unwrap();
        let named = |wanted: &str| -> Vec<FileEvent> {
            let named = events.iter().filter(|(file, _)| file.as_os_str() == wanted);
            named.map(|(_, event)| *event).collect()
        };
        assert_eq!(named("direct"), [FileEvent::Created, FileEvent::Written]);
        assert_eq!(named("final"), [FileEvent::MovedIn]);
    }
}
