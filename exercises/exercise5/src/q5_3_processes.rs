//! Question 5.3: a pool of child processes, fed and read through pipes.

use std::io::{self, Read, Write};
use std::process::Command;

/// Most bytes of one answer that [`process_map`] takes from a child: 16 MiB.
pub const FRAME_LIMIT: usize = 16 << 20;

/// Writes one frame: the length of `payload` in four bytes, the most
/// significant first, and then the payload, whatever bytes it has. Flushes.
///
/// An empty payload is a frame too. Memory: none of the payload's size, which is
/// written from where it is.
///
/// # Errors
/// Of kind `InvalidInput`, with nothing written, when the length does not fit
/// into four bytes (not graded, as it takes more than 4 GiB to see). What
/// `output` gives back otherwise.
///
/// # Examples
/// ```
/// use exercise5::write_frame;
/// let mut pipe = Vec::new();
/// write_frame(&mut pipe, b"abc")?;
/// assert_eq!(pipe, b"\0\0\0\x03abc");
/// # std::io::Result::Ok(())
/// ```
///
/// # Graded
/// `5.3/frames`
pub fn write_frame(output: &mut impl Write, payload: &[u8]) -> io::Result<()> {
    let _ = output;
    // TODO: write the length, then the bytes, all of both.
    todo!("5.3: write a frame of {} bytes", payload.len())
}

/// Reads one frame that [`write_frame`] wrote, and gives back its payload.
///
/// Takes from `input` the bytes of this frame and not one more, however few
/// at a time they come. `None` when `input` ends before the frame's first byte.
///
/// # Errors
/// Of kind `UnexpectedEof` when `input` ends in the middle of a frame, the
/// length included. Of kind `InvalidData` when the length is above `limit`,
/// before any memory is taken for it. What `input` gives back otherwise, but
/// for `Interrupted`: then the read is tried again.
///
/// # Examples
/// ```
/// use exercise5::read_frame;
/// let mut pipe: &[u8] = b"\0\0\0\x03abc\0\0\0\0";
/// assert_eq!(read_frame(&mut pipe, 100)?, Some(b"abc".to_vec()));
/// assert_eq!(read_frame(&mut pipe, 100)?, Some(vec![]));
/// assert_eq!(read_frame(&mut pipe, 100)?, None);
/// # std::io::Result::Ok(())
/// ```
///
/// # Graded
/// `5.3/frames`, `5.3/cut-off`, `5.3/too-long`
pub fn read_frame(input: &mut impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let _ = input;
    // TODO: read the length, look at it, then read the bytes.
    todo!("5.3: read a frame of at most {limit} bytes")
}

/// Gives each task to a child process as one frame on its standard input,
/// reads one frame from its standard output as the answer, and yields the
/// answers in the order of the tasks, each as soon as it and all before it
/// are there.
///
/// `program` makes the command that starts a child. At most `workers`
/// children run at a time, each does one task after another, and no more
/// children are started than there are tasks; a new one comes only in place
/// of one that has failed. A child may begin to answer before it has read the
/// whole task. Answers wait in memory until they are asked for. No tasks, no
/// children.
///
/// Once the iterator is dropped, at its end or early, no child is left: those
/// that still run are killed, and all have been waited for.
///
/// # Errors
/// A child fails when it ends, or closes a pipe, before it has answered, or
/// when its answer is no frame of at most [`FRAME_LIMIT`] bytes. It is killed
/// and waited for, and its task is given to a new child. When that one fails
/// as well, or cannot be started, the task's answer is the error, and the
/// other tasks go on.
///
/// # Panics
/// When `workers` is 0.
///
/// # Examples
/// ```
/// use exercise5::process_map;
/// use std::process::Command;
/// // `cat` writes what it reads, and so gives back every frame as it is.
/// let tasks = vec![b"first".to_vec(), b"second".to_vec()];
/// let answers = process_map(|| Command::new("cat"), 2, tasks.clone());
/// assert_eq!(answers.collect::<Result<Vec<_>, _>>()?, tasks);
/// # std::io::Result::Ok(())
/// ```
///
/// # Graded
/// `5.3/order`, `5.3/edges`, `5.3/together`, `5.3/large`, `5.3/redo`, `5.3/drop`
pub fn process_map<P>(
    program: P,
    workers: usize,
    tasks: Vec<Vec<u8>>,
) -> impl Iterator<Item = io::Result<Vec<u8>>>
where
    P: Fn() -> Command + Send + Sync + 'static,
{
    // TODO: feed and read the children side by side, and leave none behind.
    std::iter::from_fn(move || -> Option<io::Result<Vec<u8>>> {
        let _ = &program;
        todo!("5.3: give {} tasks to {workers} children", tasks.len())
    })
}
