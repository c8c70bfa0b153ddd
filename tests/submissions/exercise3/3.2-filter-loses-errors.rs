//! Lets only good entries through, so that the reports of malformed lines are lost.

pub fn filter_errors(
    entries: impl Iterator<Item = Result<LogEntry, LogError>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    entries.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.level == Level::Error))
}
