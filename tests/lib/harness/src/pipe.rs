//! A named pipe as an input file whose writer the test controls.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::thread::JoinHandle;

use rustix::fs::{CWD, Mode};

use crate::Scratch;

/// A named pipe in a temporary folder, with a thread that writes into it.
///
/// A reader that wants the whole file first waits for the writer's end, and a
/// writer that stands at a [`Gate`](crate::Gate) does not end: so the test
/// sees who is lazy.
#[derive(Debug)]
pub struct NamedPipe {
    place: Scratch,
    writer: Option<JoinHandle<io::Result<()>>>,
}

impl NamedPipe {
    /// Makes the pipe and starts `write` on a thread of its own, which blocks
    /// until the pipe is opened for reading. The pipe ends when `write` returns.
    ///
    /// # Errors
    /// When the pipe cannot be made.
    pub fn new(
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()> + Send + 'static,
    ) -> io::Result<Self> {
        let place = Scratch::new();
        rustix::fs::mkfifoat(CWD, place.path(), Mode::RUSR | Mode::WUSR)?;
        let opened = place.path().to_owned();
        let writer = std::thread::spawn(move || {
            let mut pipe = BufWriter::new(File::options().write(true).open(opened)?);
            write(&mut pipe)?;
            pipe.flush()
        });
        Ok(Self { place, writer: Some(writer) })
    }

    /// Where to read from.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.place.path()
    }

    /// Waits for the writer, whose reader may have left early.
    ///
    /// # Errors
    /// What the writer met, but for a pipe that nobody reads any more.
    pub fn finish(mut self) -> io::Result<()> {
        let ended = self.writer.take().map(JoinHandle::join);
        match ended {
            Some(Ok(Err(error))) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::sync::Arc;

    use super::NamedPipe;
    use crate::Gate;

    #[test]
    fn a_line_can_be_read_while_the_writer_is_still_writing() {
        let gate = Arc::new(Gate::new());
        let wait = Arc::clone(&gate);
        let pipe = NamedPipe::new(move |pipe| {
            pipe.write_all(b"first\n")?;
            pipe.flush()?;
            assert!(wait.wait());
            pipe.write_all(b"last\n")
        })
        .unwrap();
        let mut lines = BufReader::new(std::fs::File::open(pipe.path()).unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "first");
        gate.open();
        assert_eq!(lines.map(Result::unwrap).collect::<Vec<_>>(), ["last"]);
        pipe.finish().unwrap();
    }
}
