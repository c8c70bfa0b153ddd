//! Numbers the lines from 0.

pub fn parse_logs(
    lines: impl Iterator<Item = io::Result<String>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    lines.enumerate().map(|(number, line)| {
        let line = line?;
        entry(&line).ok_or(LogError::Malformed { number, line })
    })
}
