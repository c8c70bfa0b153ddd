//! Reads the whole log before it gives the first line.

pub fn read_logs(path: impl AsRef<Path>) -> impl Iterator<Item = io::Result<String>> {
    match File::open(path) {
        Ok(file) => Either::Left(BufReader::new(file).lines().collect::<Vec<_>>().into_iter()),
        Err(error) => Either::Right(iter::once(Err(error))),
    }
    .take_while_inclusive(Result::is_ok)
}
