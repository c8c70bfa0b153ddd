//! Gives the malformed lines before the entries.

pub fn filter_errors(
    entries: impl Iterator<Item = Result<LogEntry, LogError>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    let (errors, entries): (Vec<_>, Vec<_>) = entries.partition(Result::is_err);
    errors.into_iter().chain(entries.into_iter().filter_ok(|entry| entry.level == Level::Error))
}
