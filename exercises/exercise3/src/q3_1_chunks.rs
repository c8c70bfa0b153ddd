//! Question 3.1: reading a large file in chunks of lines.

use std::io;
use std::path::Path;

/// Reads a text file in chunks of `chunk_size` lines, and holds no more of it
/// in memory than the chunk that is being made.
///
/// The chunks come in the order of the file; the last one is shorter where
/// the lines do not go up evenly, and is never empty. An empty file has no
/// chunks. `chunk_size` may be larger than the file.
///
/// A line ends with `\n` or `\r\n`, which is not part of it; the last line may
/// do without. Nothing else is taken away, and an empty line is a line.
///
/// Lazy: a chunk is yielded as soon as its last line has arrived, even while
/// something is still writing to the file. With chunks of 625 lines of 50 bytes
/// no more than 1 MiB is held at any time, however long the file is.
///
/// # Errors
/// An error is an item of the stream, and the last one. These are: a file that
/// cannot be opened or read; text that is not UTF-8 (`InvalidData`), in place
/// of the chunk that it would have been in; and, as the only item, a
/// `chunk_size` of 0 (`InvalidInput`).
///
/// # Examples
/// ```
/// use exercise3::read_large_file;
/// let mut chunks = read_large_file("Cargo.toml", 2);
/// assert_eq!(chunks.next().unwrap()?, ["[package]", "name = \"exercise3\""]);
/// assert!(read_large_file("no such file", 2).next().unwrap().is_err());
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Graded
/// `3.1/examples`, `3.1/lines`, `3.1/errors`, `3.1/lazy`, `3.1/memory`
pub fn read_large_file(
    path: impl AsRef<Path>,
    chunk_size: usize,
) -> impl Iterator<Item = io::Result<Vec<String>>> {
    // TODO: yield the lines of the file, chunk by chunk.
    std::iter::from_fn(move || -> Option<io::Result<Vec<String>>> {
        todo!("3.1: read {} in chunks of {chunk_size} lines", path.as_ref().display())
    })
}
