//! Leaves empty lines out.

pub fn read_logs(path: impl AsRef<Path>) -> impl Iterator<Item = io::Result<String>> {
    match File::open(path) {
        Ok(file) => Either::Left(
            BufReader::new(file)
                .lines()
                .filter(|line| !matches!(line, Ok(line) if line.is_empty())),
        ),
        Err(error) => Either::Right(iter::once(Err(error))),
    }
    .take_while_inclusive(Result::is_ok)
}
