//! Ends the stream at the first line that is no entry.

pub fn parse_logs(
    lines: impl Iterator<Item = io::Result<String>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    (1..)
        .zip(lines)
        .map(|(number, line)| {
            let line = line?;
            entry(&line).ok_or(LogError::Malformed { number, line })
        })
        .take_while_inclusive(Result::is_ok)
}
