//! What every check needs from the machine, tried before a student's code runs.

use std::fs::File;

/// Threads that must be there to be had.
const THREADS: usize = 16;

/// Descriptors that must be there to be had.
const DESCRIPTORS: usize = 32;

fn told(what: &str) -> impl Fn(std::io::Error) -> String {
    move |error| format!("{what}: {error}")
}

/// Tries what the harness itself needs: a temporary folder that can be written,
/// threads, descriptors.
///
/// # Errors
/// Says what is missing.
pub(crate) fn needs() -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(told("no temporary folder"))?;
    let file = folder.path().join("file");
    std::fs::write(&file, [0; 64 << 10]).map_err(told("no space in the temporary folder"))?;
    let opened: std::io::Result<Vec<File>> = (0..DESCRIPTORS).map(|_| File::open(&file)).collect();
    opened.map_err(told("no descriptors"))?;
    let threads: std::io::Result<Vec<_>> =
        (0..THREADS).map(|_| std::thread::Builder::new().spawn(|| ())).collect();
    for thread in threads.map_err(told("no threads"))? {
        thread.join().map_err(|_| "a thread of the harness panicked".to_owned())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_sound_machine_has_what_is_needed() {
        assert_eq!(super::needs(), Ok(()));
    }
}
