//! Cuts a line by its byte positions, and enumerates.

fn entry(line: &str) -> Option<LogEntry> {
    let timestamp = line.get(..19)?;
    let rest = line.get(19..)?.strip_prefix(" [")?;
    let close = rest.find("] ")?;
    let level = rest[..close].parse().ok()?;
    if !is_timestamp(timestamp) {
        return None;
    }
    let message = String::from(&rest[close + 2..]);
    Some(LogEntry { timestamp: timestamp.to_string(), level, message })
}

pub fn parse_logs(
    lines: impl Iterator<Item = io::Result<String>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    lines.enumerate().map(|(index, line)| {
        line.map_err(LogError::Read).and_then(|line| {
            entry(&line).ok_or_else(|| LogError::Malformed { number: index + 1, line })
        })
    })
}

pub fn filter_errors(
    entries: impl Iterator<Item = Result<LogEntry, LogError>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    entries.filter(|entry| entry.as_ref().map_or(true, |entry| entry.level == Level::Error))
}

pub fn extract_messages(
    entries: impl Iterator<Item = Result<LogEntry, LogError>>,
) -> impl Iterator<Item = Result<String, LogError>> {
    entries.map(|entry| entry.map(|LogEntry { message, .. }| message))
}
