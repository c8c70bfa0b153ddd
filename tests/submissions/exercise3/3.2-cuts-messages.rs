//! Splits at every bracket, and keeps the piece behind the first one.

fn entry(line: &str) -> Option<LogEntry> {
    let mut parts = line.split(['[', ']']);
    let timestamp = parts.next()?.strip_suffix(' ')?;
    let level = parts.next()?;
    let message = parts.next()?.strip_prefix(' ')?;
    is_timestamp(timestamp).then_some(LogEntry {
        timestamp: timestamp.to_owned(),
        level: level.parse().ok()?,
        message: message.to_owned(),
    })
}
