//! Takes whatever is as long as a timestamp for one.

fn entry(line: &str) -> Option<LogEntry> {
    let (timestamp, rest) = line.split_once(" [")?;
    let (level, message) = rest.split_once("] ")?;
    (timestamp.len() == 19).then_some(LogEntry {
        timestamp: timestamp.to_owned(),
        level: level.parse().ok()?,
        message: message.to_owned(),
    })
}
