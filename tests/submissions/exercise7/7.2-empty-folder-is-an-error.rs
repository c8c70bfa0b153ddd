//! Takes an empty folder for an error.

pub fn shrink_all(input: &Path, output: &Path) -> io::Result<Vec<Shrunk>> {
    fs::create_dir_all(output)?;
    let mut sources = Vec::new();
    for entry in fs::read_dir(input)? {
        let path = entry?.path();
        if path.is_file() {
            sources.push(path);
        }
    }
    if sources.is_empty() {
        return Err(io::ErrorKind::NotFound.into());
    }
    sources.sort();
    let shrink = |source: PathBuf| Shrunk { result: shrink(&source, output), source };
    Ok(sources.into_iter().map(shrink).collect())
}
