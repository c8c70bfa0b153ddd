//! Is written with an iterator type, loops and no help of a crate.

/// The lines of a file, until its end or the first error.
struct LogLines(Option<io::Result<BufReader<File>>>);

impl Iterator for LogLines {
    type Item = io::Result<String>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut reader = match self.0.take()? {
            Ok(reader) => reader,
            Err(error) => return Some(Err(error)),
        };
        let mut line = String::new();
        match reader.read_line(&mut line) {
            Ok(0) => return None,
            Ok(_) => self.0 = Some(Ok(reader)),
            Err(error) => return Some(Err(error)),
        }
        let line = line.strip_suffix('\n').unwrap_or(&line);
        Some(Ok(line.strip_suffix('\r').unwrap_or(line).to_owned()))
    }
}

pub fn read_logs(path: impl AsRef<Path>) -> impl Iterator<Item = io::Result<String>> {
    LogLines(Some(File::open(path).map(BufReader::new)))
}

pub fn parse_logs(
    mut lines: impl Iterator<Item = io::Result<String>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    let mut number = 0;
    iter::from_fn(move || {
        number += 1;
        let line = match lines.next()? {
            Ok(line) => line,
            Err(error) => return Some(Err(LogError::Read(error))),
        };
        let (head, tail) = (line.get(..19).unwrap_or(""), line.get(19..).unwrap_or(""));
        for level in Level::ALL {
            let mark = format!(" [{level}] ");
            if is_timestamp(head) && tail.starts_with(&mark) {
                let message = tail[mark.len()..].to_owned();
                return Some(Ok(LogEntry { timestamp: head.to_owned(), level, message }));
            }
        }
        Some(Err(LogError::Malformed { number, line }))
    })
}

pub fn filter_errors(
    mut entries: impl Iterator<Item = Result<LogEntry, LogError>>,
) -> impl Iterator<Item = Result<LogEntry, LogError>> {
    iter::from_fn(move || {
        loop {
            match entries.next()? {
                Ok(LogEntry { level: Level::Debug | Level::Info | Level::Warning, .. }) => {}
                due => return Some(due),
            }
        }
    })
}

pub fn extract_messages(
    entries: impl Iterator<Item = Result<LogEntry, LogError>>,
) -> impl Iterator<Item = Result<String, LogError>> {
    entries.map(|entry| match entry {
        Ok(LogEntry { message, .. }) => Ok(message),
        Err(error) => Err(error),
    })
}
