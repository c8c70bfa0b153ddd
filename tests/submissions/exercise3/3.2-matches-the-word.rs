//! Looks for the word ERROR anywhere in an entry.

pub fn filter_errors(
    entries: impl Iterator<Item = Result<LogEntry, LogError>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    entries.filter_ok(|entry| entry.to_string().contains("ERROR"))
}
