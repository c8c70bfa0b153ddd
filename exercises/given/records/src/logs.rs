//! Log files and the types of their entries.

use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::str::FromStr;

use rand::RngExt;
use rand::seq::IndexedRandom;

/// How serious a log entry is, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// For those who look for a fault.
    Debug,
    /// All is well.
    Info,
    /// Something is odd, and work goes on.
    Warning,
    /// Something has failed.
    Error,
}

impl Level {
    /// Every level, least serious first.
    pub const ALL: [Self; 4] = [Self::Debug, Self::Info, Self::Warning, Self::Error];
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
        })
    }
}

/// Text that names no [`Level`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownLevel;

impl fmt::Display for UnknownLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the level is not DEBUG, INFO, WARNING or ERROR")
    }
}

impl Error for UnknownLevel {}

impl FromStr for Level {
    type Err = UnknownLevel;

    /// Reads a level as it is written in a log: in capitals, with nothing around it.
    fn from_str(text: &str) -> Result<Self, UnknownLevel> {
        match text {
            "DEBUG" => Ok(Self::Debug),
            "INFO" => Ok(Self::Info),
            "WARNING" => Ok(Self::Warning),
            "ERROR" => Ok(Self::Error),
            _ => Err(UnknownLevel),
        }
    }
}

/// One line of a log, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LogEntry {
    /// When it was written, as it stands there: `2026-03-01 08:00:00`.
    pub timestamp: String,
    /// How serious it is.
    pub level: Level,
    /// What happened, in the log's own words.
    pub message: String,
}

impl fmt::Display for LogEntry {
    /// The entry as a line of a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}] {}", self.timestamp, self.level, self.message)
    }
}

/// What goes wrong while a log is read.
#[derive(Debug)]
pub enum LogError {
    /// The file could not be opened or read.
    Read(io::Error),
    /// A line is not a log entry.
    Malformed {
        /// The place of the line in the log; the first is number 1.
        number: usize,
        /// The whole line.
        line: String,
    },
}

impl fmt::Display for LogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(f, "the log cannot be read: {error}"),
            Self::Malformed { number, line } => {
                write!(f, "line {number} is not a log entry: {line:?}")
            }
        }
    }
}

impl Error for LogError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::Malformed { .. } => None,
        }
    }
}

impl From<io::Error> for LogError {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

/// Says whether `text` has the shape of a timestamp: `2026-03-01 08:00:00`.
///
/// Only the shape counts; a calendar is not asked.
#[must_use]
pub fn is_timestamp(text: &str) -> bool {
    const SHAPE: &[u8] = b"dddd-dd-dd dd:dd:dd";
    text.len() == SHAPE.len()
        && text.bytes().zip(SHAPE).all(|(byte, &shape)| match shape {
            b'd' => byte.is_ascii_digit(),
            other => byte == other,
        })
}

/// Three times INFO, twice DEBUG: a log has more of those.
const LEVELS: [Level; 7] = [
    Level::Info,
    Level::Debug,
    Level::Warning,
    Level::Error,
    Level::Info,
    Level::Info,
    Level::Debug,
];

/// Some speak of an ERROR, at whatever level they come.
const MESSAGES: [&str; 9] = [
    "a client has connected",
    "request taken from the queue",
    "query answered by the database",
    "the server does not answer",
    "gave up waiting for the disk",
    "not in the cache, asking the disk",
    "user signed in",
    "the input makes no sense",
    "the last ERROR is gone [ERROR] [INFO] all is well again",
];

const BROKEN: [&str; 6] = [
    "",
    "the disk was full here and the rest of the line is missing",
    "2026-03-01 08:00:00 ERROR without brackets around the level",
    "2026-03-01 08:00:00 [FATAL] a level that nobody knows",
    "[ERROR] a message without a time",
    "this morning [ERROR] a time that is none",
];

/// Endless log entries, one a second from `2026-03-01 00:00:00` on.
///
/// # Panics
/// After the last second of that month, 2 678 400 entries later.
pub fn entries(seed: u64) -> impl Iterator<Item = LogEntry> {
    let mut generator = crate::generator(seed);
    (0_u64..).map(move |second| LogEntry {
        timestamp: timestamp(second),
        level: *LEVELS.choose(&mut generator).unwrap_or(&Level::Info),
        message: (*MESSAGES.choose(&mut generator).unwrap_or(&MESSAGES[0])).to_owned(),
    })
}

/// Endless lines of a log, of which about one in `one_in` is malformed (0 for
/// none). The malformed ones come as `Err`.
pub fn lines(seed: u64, one_in: u32) -> impl Iterator<Item = Result<LogEntry, String>> {
    // A stream of its own, so that the entries stay the same without them.
    let mut generator = crate::generator(!seed);
    entries(seed).map(move |entry| {
        if one_in > 0 && generator.random_ratio(1, one_in) {
            Err((*BROKEN.choose(&mut generator).unwrap_or(&BROKEN[0])).to_owned())
        } else {
            Ok(entry)
        }
    })
}

/// Writes the first `count` [`lines`] to a new file, one after another.
///
/// # Errors
/// When the file cannot be written.
pub fn write_file(path: &Path, seed: u64, count: u64, one_in: u32) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for (line, _) in lines(seed, one_in).zip(0..count) {
        match line {
            Ok(entry) => writeln!(file, "{entry}")?,
            Err(malformed) => writeln!(file, "{malformed}")?,
        }
    }
    file.flush()
}

/// The time `second` seconds after `2026-03-01 00:00:00`.
fn timestamp(second: u64) -> String {
    let (day, hour) = (1 + second / 86_400, second / 3600 % 24);
    assert!(day <= 31, "the records' log ends with the month");
    format!("2026-03-{day:02} {hour:02}:{:02}:{:02}", second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use super::{BROKEN, Level, entries, is_timestamp, lines, timestamp};

    #[test]
    fn entries_are_one_second_apart_and_repeatable() {
        let first: Vec<_> = entries(5).take(1000).collect();
        assert!(first.iter().zip(0..).all(|(entry, second)| entry.timestamp == timestamp(second)));
        assert!(first.iter().all(|entry| is_timestamp(&entry.timestamp)));
        assert_eq!(first, entries(5).take(1000).collect::<Vec<_>>());
        assert_eq!(timestamp(86_399), "2026-03-01 23:59:59");
        assert_eq!(timestamp(86_400), "2026-03-02 00:00:00");
    }

    #[test]
    fn every_level_comes_and_is_read_back() {
        for level in Level::ALL {
            assert!(entries(5).take(100).any(|entry| entry.level == level));
            assert_eq!(level.to_string().parse(), Ok(level));
        }
        assert!("error".parse::<Level>().is_err());
    }

    #[test]
    fn malformed_lines_come_on_request_and_leave_the_others_alone() {
        assert!(lines(5, 0).take(1000).all(|line| line.is_ok()));
        let some: Vec<_> = lines(5, 10).take(1000).collect();
        let broken = some.iter().filter(|line| line.is_err()).count();
        assert!((50..200).contains(&broken), "{broken}");
        assert!(some.iter().zip(entries(5)).all(|(line, entry)| {
            line.as_ref()
                .map_or_else(|broken| BROKEN.contains(&broken.as_str()), |line| *line == entry)
        }));
    }
}
