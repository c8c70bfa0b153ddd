//! Takes the date for the whole timestamp.

fn entry(line: &str) -> Option<LogEntry> {
    let (timestamp, rest) = line.split_once(" [")?;
    let (level, message) = rest.split_once("] ")?;
    is_timestamp(timestamp).then_some(LogEntry {
        timestamp: timestamp[..10].to_owned(),
        level: level.parse().ok()?,
        message: message.to_owned(),
    })
}
