//! Question 3.2: a pipeline of generators over a log file.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::iter;
use std::path::Path;

use itertools::{Either, Itertools};
use records::logs::{Level, LogEntry, LogError, is_timestamp};

/// The lines of a log file, one by one.
///
/// `Either` is the type of "one of two iterators" without a box.
pub fn read_logs(path: impl AsRef<Path>) -> impl Iterator<Item = io::Result<String>> {
    match File::open(path) {
        Ok(file) => Either::Left(BufReader::new(file).lines()),
        Err(error) => Either::Right(iter::once(Err(error))),
    }
    .take_while_inclusive(Result::is_ok)
}

/// Takes each line apart.
pub fn parse_logs(
    lines: impl Iterator<Item = io::Result<String>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    (1..).zip(lines).map(|(number, line)| {
        let line = line?;
        entry(&line).ok_or(LogError::Malformed { number, line })
    })
}

/// The parts of a line; `split_once` takes the first bracket, so that the
/// message may hold others.
fn entry(line: &str) -> Option<LogEntry> {
    let (timestamp, rest) = line.split_once(" [")?;
    let (level, message) = rest.split_once("] ")?;
    is_timestamp(timestamp).then_some(LogEntry {
        timestamp: timestamp.to_owned(),
        level: level.parse().ok()?,
        message: message.to_owned(),
    })
}

/// Only the entries whose level is ERROR, and every `Err`.
pub fn filter_errors(
    entries: impl Iterator<Item = Result<LogEntry, LogError>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    entries.filter_ok(|entry| entry.level == Level::Error)
}

/// Only the message of each entry, and every `Err`.
pub fn extract_messages(
    entries: impl Iterator<Item = Result<LogEntry, LogError>>,
) -> impl Iterator<Item = Result<String, LogError>> {
    entries.map_ok(|entry| entry.message)
}
