//! Reads a level with blanks around it.

fn entry(line: &str) -> Option<LogEntry> {
    let (timestamp, rest) = line.split_once(" [")?;
    let (level, message) = rest.split_once("] ")?;
    is_timestamp(timestamp).then_some(LogEntry {
        timestamp: timestamp.to_owned(),
        level: level.trim().parse().ok()?,
        message: message.to_owned(),
    })
}
