//! Gathers all messages before it hands the first one on.

pub fn extract_messages(
    entries: impl Iterator<Item = Result<LogEntry, LogError>>,
) -> impl Iterator<Item = Result<String, LogError>> {
    let messages: Vec<_> = entries.map_ok(|entry| entry.message).collect();
    messages.into_iter()
}
