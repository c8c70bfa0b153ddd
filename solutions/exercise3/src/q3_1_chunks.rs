//! Question 3.1: reading a large file in chunks of lines.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::iter;
use std::path::Path;

use itertools::{Either, Itertools};

/// Reads a text file in chunks of `chunk_size` lines.
///
/// Each line is a `String` of its own, which is plain and costs an allocation
/// a line; a lending iterator over one reused buffer would be faster, but no
/// `Iterator`, whose items outlive the next call.
pub fn read_large_file(
    path: impl AsRef<Path>,
    chunk_size: usize,
) -> impl Iterator<Item = io::Result<Vec<String>>> {
    let opened = match chunk_size {
        0 => Err(io::Error::new(io::ErrorKind::InvalidInput, "a chunk needs at least one line")),
        _ => File::open(path),
    };
    let mut lines = match opened {
        Ok(file) => BufReader::new(file).lines(),
        Err(error) => return Either::Left(iter::once(Err(error))),
    };
    let chunks = iter::from_fn(move || {
        let chunk: io::Result<Vec<_>> = lines.by_ref().take(chunk_size).collect();
        // Only the end of the file gives a chunk without lines.
        (!matches!(&chunk, Ok(lines) if lines.is_empty())).then_some(chunk)
    });
    // Without this, a directory would give the same error for ever.
    Either::Right(chunks.take_while_inclusive(Result::is_ok))
}
