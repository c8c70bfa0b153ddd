//! Closures with counters, `find` and `by_ref` instead of adapters of a crate.

pub fn read_logs(path: impl AsRef<Path>) -> impl Iterator<Item = io::Result<String>> {
    let mut lines = Some(File::open(path).map(|file| BufReader::new(file).lines()));
    iter::from_fn(move || match lines.take()? {
        Err(error) => Some(Err(error)),
        Ok(mut open) => {
            let line = open.next()?;
            if line.is_ok() {
                lines = Some(Ok(open));
            }
            Some(line)
        }
    })
}

pub fn parse_logs(
    mut lines: impl Iterator<Item = io::Result<String>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    let mut number = 0;
    iter::from_fn(move || {
        let line = lines.next()?;
        number += 1;
        Some(match line {
            Err(error) => Err(LogError::from(error)),
            Ok(line) => match entry(&line) {
                Some(entry) => Ok(entry),
                None => Err(LogError::Malformed { number, line }),
            },
        })
    })
}

pub fn filter_errors(
    mut entries: impl Iterator<Item = Result<LogEntry, LogError>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    iter::from_fn(move || {
        entries.by_ref().find(|entry| match entry {
            Ok(entry) => matches!(entry.level, Level::Error),
            Err(_) => true,
        })
    })
}

pub fn extract_messages(
    entries: impl Iterator<Item = Result<LogEntry, LogError>>,
) -> impl Iterator<Item = Result<String, LogError>> {
    entries.map(|entry| Ok(entry?.message))
}
