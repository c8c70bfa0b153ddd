//! Takes the level for ERROR as soon as the line holds that word.

fn entry(line: &str) -> Option<LogEntry> {
    let (timestamp, rest) = line.split_once(" [")?;
    let (level, message) = rest.split_once("] ")?;
    let level = if line.contains("ERROR") { Level::Error } else { level.parse().ok()? };
    is_timestamp(timestamp).then_some(LogEntry {
        timestamp: timestamp.to_owned(),
        level,
        message: message.to_owned(),
    })
}
