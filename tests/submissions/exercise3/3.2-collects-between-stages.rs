//! Gathers all parsed entries before it hands the first one on.

pub fn parse_logs(
    lines: impl Iterator<Item = io::Result<String>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    let mut entries = Vec::new();
    for (number, line) in (1..).zip(lines) {
        entries.push(match line {
            Ok(line) => entry(&line).ok_or(LogError::Malformed { number, line }),
            Err(error) => Err(LogError::Read(error)),
        });
    }
    entries.into_iter()
}
