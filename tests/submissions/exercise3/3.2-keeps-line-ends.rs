//! Leaves the line ends at the lines.

pub fn read_logs(path: impl AsRef<Path>) -> impl Iterator<Item = io::Result<String>> {
    match File::open(path) {
        Ok(file) => Either::Left(BufReader::new(file).lines().map(|line| Ok(line? + "\n"))),
        Err(error) => Either::Right(iter::once(Err(error))),
    }
    .take_while_inclusive(Result::is_ok)
}
