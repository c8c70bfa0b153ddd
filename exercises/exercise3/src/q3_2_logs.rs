//! Question 3.2: a pipeline of generators over a log file.

use std::io;
use std::path::Path;

use records::logs::{LogEntry, LogError};

/// The lines of a log file, one by one, without their line ends.
///
/// Lazy: a line is yielded as soon as it has arrived. All four stages together
/// hold no more than 1 MiB, however long the log is. Every line comes, empty ones too; what is an entry and what
/// is not, is for [`parse_logs`] to say.
///
/// # Errors
/// An error is an item of the stream, and the last one: a file that cannot be
/// opened or read, or text that is not UTF-8.
///
/// # Examples
/// ```
/// use exercise3::read_logs;
/// assert_eq!(read_logs("Cargo.toml").next().unwrap()?, "[package]");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Graded
/// `3.2/read`, `3.2/malformed`, `3.2/lazy`, `3.2/memory`
pub fn read_logs(path: impl AsRef<Path>) -> impl Iterator<Item = io::Result<String>> {
    // TODO: yield the lines of the file.
    std::iter::from_fn(move || -> Option<io::Result<String>> {
        todo!("3.2: read the lines of {}", path.as_ref().display())
    })
}

/// Takes each line apart: `2026-03-01 08:00:00 [ERROR] the disk is full`.
///
/// That is a timestamp (see [`is_timestamp`](crate::is_timestamp)), a blank, a
/// level in brackets (`"ERROR".parse::<Level>()` reads it), a blank, and the
/// message: all that is left, as it is, with any blanks and brackets of its own.
///
/// Lazy: for each item that is asked of it, it pulls one line and yields one
/// item, so nothing is lost and the order stays.
///
/// # Errors
/// A line that is not such an entry becomes [`LogError::Malformed`] in its
/// place, with its number in the stream (the first line is 1), and the stream
/// goes on. A read error becomes [`LogError::Read`].
///
/// # Examples
/// ```
/// use exercise3::{Level, parse_logs};
/// let lines = ["2026-03-01 08:00:00 [ERROR] the disk is full", "oops"];
/// let mut entries = parse_logs(lines.map(|line| Ok(line.to_owned())).into_iter());
/// let entry = entries.next().unwrap()?;
/// assert_eq!((entry.level, entry.message.as_str()), (Level::Error, "the disk is full"));
/// let error = entries.next().unwrap().unwrap_err();
/// assert_eq!(error.to_string(), "line 2 is not a log entry: \"oops\"");
/// # Ok::<(), exercise3::LogError>(())
/// ```
///
/// # Graded
/// `3.2/parse`, `3.2/malformed`, `3.2/lazy`, `3.2/memory`
pub fn parse_logs(
    lines: impl Iterator<Item = io::Result<String>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    // TODO: turn each line into an entry or an error.
    std::iter::from_fn(move || -> Option<Result<LogEntry, LogError>> {
        todo!("3.2: parse a stream of {} or more lines", lines.size_hint().0)
    })
}

/// Only the entries whose level is ERROR; what their message says plays no part.
///
/// Lazy: pulls entries until one is due, and no further. The order stays.
///
/// # Errors
/// Every `Err` is passed on in its place, so that no malformed line is lost.
///
/// # Examples
/// ```
/// use exercise3::{filter_errors, parse_logs};
/// let lines = [
///     "2026-03-01 08:00:00 [INFO] no ERROR today",
///     "2026-03-01 08:00:01 [ERROR] the disk is full",
/// ];
/// let entries = parse_logs(lines.map(|line| Ok(line.to_owned())).into_iter());
/// let errors: Vec<_> = filter_errors(entries).collect::<Result<_, _>>()?;
/// assert_eq!(errors.len(), 1);
/// # Ok::<(), exercise3::LogError>(())
/// ```
///
/// # Graded
/// `3.2/errors`, `3.2/malformed`, `3.2/lazy`, `3.2/memory`
pub fn filter_errors(
    entries: impl Iterator<Item = Result<LogEntry, LogError>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    // TODO: let the ERROR entries through.
    std::iter::from_fn(move || -> Option<Result<LogEntry, LogError>> {
        todo!("3.2: let the errors of {} or more entries through", entries.size_hint().0)
    })
}

/// Only the message of each entry.
///
/// Lazy: pulls one entry and yields one message. The order stays.
///
/// # Errors
/// Every `Err` is passed on in its place.
///
/// # Examples
/// ```
/// use exercise3::{Level, LogEntry, LogError, extract_messages};
/// let entry = LogEntry {
///     timestamp: "2026-03-01 08:00:00".to_owned(),
///     level: Level::Error,
///     message: "the disk is full".to_owned(),
/// };
/// let mut messages = extract_messages([Ok(entry)].into_iter());
/// assert_eq!(messages.next().unwrap()?, "the disk is full");
/// # Ok::<(), LogError>(())
/// ```
///
/// # Graded
/// `3.2/errors`, `3.2/malformed`, `3.2/lazy`, `3.2/memory`
pub fn extract_messages(
    entries: impl Iterator<Item = Result<LogEntry, LogError>>,
) -> impl Iterator<Item = Result<String, LogError>> {
    // TODO: keep the message of each entry.
    std::iter::from_fn(move || -> Option<Result<String, LogError>> {
        todo!("3.2: extract the messages of {} or more entries", entries.size_hint().0)
    })
}
