//! Leaves out whatever is not an entry, and nobody hears of it.

pub fn parse_logs(
    lines: impl Iterator<Item = io::Result<String>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    lines.filter_map(|line| entry(&line.ok()?).map(Ok))
}
